import type { OriginBody } from '@patchsteward/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ComponentType, useState } from 'react';
import { Fact } from '../1-identification/asset-facts.tsx';
import { Action } from '../parts/action.tsx';
import { Clock } from '../parts/clock.tsx';
import { GoodIcon, NotJudgedIcon, RefreshIcon, WarningIcon } from '../parts/icons.ts';
import { Question } from '../parts/question.tsx';
import { Reason } from '../parts/reason.tsx';
import { Empty, Failed, Freshness, Loading } from '../parts/states.tsx';
import { Tag, type Tone } from '../parts/tag.tsx';
import { Verdict } from '../parts/verdict.tsx';
import { call } from '../platform/client.ts';
import { useShortcut } from '../platform/keys.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { AddOrigin } from './add-origin.tsx';
import { originsQuery } from './queries.ts';

const words = strings.origins;
const route = getRouteApi('/inside/origins');

const STATES = {
  usable: { tone: 'good', icon: GoodIcon },
  expired: { tone: 'warning', icon: WarningIcon },
  'never-verified': { tone: 'plain', icon: NotJudgedIcon },
} as const satisfies Record<OriginBody['state'], { tone: Tone; icon: ComponentType }>;

/** Where packages may come from. // SOP c8, decided 29 */
export function OriginsScreen() {
  const { form } = route.useSearch();
  const navigate = route.useNavigate();
  const putAdd = (shown: boolean): void => void navigate({ search: shown ? { form: 'add' } : {}, replace: true });
  const forbidden = useForbidden('administrator');
  const origins = useQuery(originsQuery);
  const refresh = (): void => void origins.refetch();
  useShortcut('r', strings.keys.refresh, refresh);
  useTitle(words.title);

  return (
    <>
      <div className="ps-title">
        <h1>{words.title}</h1>
        {origins.data !== undefined && (
          <Freshness
            at={origins.dataUpdatedAt}
            error={origins.error}
            loading={origins.isFetching}
            onRefresh={refresh}
          />
        )}
      </div>
      <p className="ps-lead">{words.lead}</p>
      {form === 'add' ? (
        <AddOrigin onClose={() => putAdd(false)} />
      ) : (
        <p className="ps-tools">
          <Action variant="primary" disabledReason={forbidden} onAct={() => putAdd(true)}>
            {words.add}
          </Action>
        </p>
      )}
      {origins.isPending && <Loading />}
      {origins.data === undefined && origins.isError && <Failed error={origins.error} onAgain={refresh} />}
      {origins.data?.items.length === 0 && <Empty title={words.none}>{words.noneLead}</Empty>}
      {origins.data?.items.map((origin) => (
        <Origin key={origin.id} origin={origin} />
      ))}
    </>
  );
}

function Origin({ origin }: { readonly origin: OriginBody }) {
  const { tone, icon } = STATES[origin.state];
  const title = `${origin.url} ${origin.suite}`;
  return (
    <section className="ps-panel ps-feed" aria-label={title}>
      <header>
        <h2 className="ps-break">{title}</h2>
        <Tag tone={tone} icon={icon}>
          {words.state[origin.state]}
        </Tag>
      </header>
      {origin.problem !== null && (
        <>
          <p className="ps-feed-error">
            <WarningIcon /> {words.problem}: {origin.problem.detail}
          </p>
          <Reason reason={origin.problem.reason} />
        </>
      )}
      <dl className="ps-facts">
        {origin.components.length > 0 && <Fact term={words.components}>{origin.components.join(', ')}</Fact>}
        <Fact term={words.architectures}>{origin.architectures.join(', ')}</Fact>
        {origin.mirror !== null && (
          <Fact term={words.mirror}>
            <span className="ps-break">{origin.mirror}</span>
          </Fact>
        )}
        {origin.index !== null && (
          <Fact term={words.index}>
            <Clock at={origin.index.date} />
            {origin.index.validUntil !== null && (
              <span className="ps-second">
                {words.indexUntil} <Clock at={origin.index.validUntil} form="exact" />
              </span>
            )}
            <span className="ps-second">{words.packageIndexes(origin.index.packageIndexes.length)}</span>
          </Fact>
        )}
        <Fact term={words.checked}>
          {origin.checkedAt === null ? strings.time.never : <Clock at={origin.checkedAt} form="relative" />}
        </Fact>
        <Fact term={words.keys}>
          {origin.keys.map(({ fingerprint, userIds, expiresAt }) => (
            <span key={fingerprint} className="ps-pinned-key">
              <span className="ps-code ps-break">{fingerprint}</span>
              <span className="ps-second">
                {userIds.join(', ')}
                {expiresAt !== null && (
                  <>
                    {' · '}
                    {words.keyExpires} <Clock at={expiresAt} form="exact" />
                  </>
                )}
              </span>
            </span>
          ))}
        </Fact>
      </dl>
      <OriginActs origin={origin} title={title} />
    </section>
  );
}

function OriginActs({ origin, title }: { readonly origin: OriginBody; readonly title: string }) {
  const [asked, setAsked] = useState(false);
  const queries = useQueryClient();
  const again = () => queries.invalidateQueries({ queryKey: originsQuery.queryKey });
  const refresh = useMutation({
    mutationFn: () => call('origin.refresh', { params: { id: origin.id } }),
    onSettled: again,
  });
  const remove = useMutation({
    mutationFn: () => call('origin.remove', { params: { id: origin.id } }),
    onSuccess: again,
  });
  const operator = useForbidden('operator');
  const administrator = useForbidden('administrator');
  return (
    <>
      <div className="ps-form-actions">
        <Action
          label={`${words.refresh}: ${title}`}
          disabledReason={operator}
          busy={refresh.isPending ? words.refreshing : null}
          icon={<RefreshIcon />}
          onAct={() => refresh.mutate()}
        >
          {words.refresh}
        </Action>
        <Action label={`${words.remove}: ${title}`} disabledReason={administrator} onAct={() => setAsked(true)}>
          {words.remove}
        </Action>
      </div>
      {refresh.isError && <Failed error={refresh.error} />}
      {refresh.data !== undefined && refresh.data.origin.problem === null && (
        <Verdict tone="good" title={refresh.data.changed ? words.refreshed.changed : words.refreshed.same} />
      )}
      {asked && (
        <Question
          title={words.removeQuestion}
          act={words.remove}
          busy={remove.isPending ? words.removing : null}
          keep={words.keep}
          error={remove.error}
          onAct={() => remove.mutate()}
          onClose={() => setAsked(false)}
        >
          <p>
            <strong className="ps-break">{title}</strong>
          </p>
          <p>{words.removeConsequence}</p>
        </Question>
      )}
    </>
  );
}
