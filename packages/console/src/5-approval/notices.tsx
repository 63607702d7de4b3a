import type { NoticeChannels, Stakeholder } from '@patchsteward/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Fact } from '../1-identification/asset-facts.tsx';
import { Action } from '../parts/action.tsx';
import { Question } from '../parts/question.tsx';
import { Empty, Failed, Freshness, Loading } from '../parts/states.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { Tag } from '../parts/tag.tsx';
import { Verdict } from '../parts/verdict.tsx';
import { call } from '../platform/client.ts';
import { useShortcut } from '../platform/keys.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { AddStakeholder } from './add-stakeholder.tsx';
import { channelsQuery, stakeholdersQuery } from './notice-queries.ts';

const words = strings.notices;
const ROW_PX = 64;

/** Who hears of changes before they happen, and by what way. // SOP P6.1, c13 */
export function NoticesScreen() {
  const list = useQuery(stakeholdersQuery);
  const channels = useQuery(channelsQuery);
  const refresh = (): void => void Promise.all([list.refetch(), channels.refetch()]);
  useShortcut('r', strings.keys.refresh, refresh);
  useTitle(words.title);

  return (
    <>
      <div className="ps-title">
        <h1>{words.title}</h1>
        {list.data !== undefined && (
          <Freshness at={list.dataUpdatedAt} error={list.error} loading={list.isFetching} onRefresh={refresh} />
        )}
      </div>
      <p className="ps-lead">{words.lead}</p>
      {channels.data !== undefined && <Channels channels={channels.data} />}
      <AddStakeholder />
      <h2 className="ps-subtitle">{words.listTitle}</h2>
      {list.isPending && <Loading />}
      {list.data === undefined && list.isError && <Failed error={list.error} onAgain={refresh} />}
      {list.data !== undefined && <Stakeholders items={list.data.items} />}
    </>
  );
}

function Channels({ channels }: { readonly channels: NoticeChannels }) {
  return (
    <section className="ps-panel ps-feed" aria-label={words.channelsTitle}>
      <h2>{words.channelsTitle}</h2>
      <dl className="ps-detail-facts">
        <Fact term={words.mail}>{channels.mailFrom === null ? words.noMail : words.mailFrom(channels.mailFrom)}</Fact>
        <Fact term={words.webhook}>{channels.webhook ? words.webhookOn : words.noWebhook}</Fact>
        <Fact term={words.consoleUrl}>
          <span className="ps-break">{channels.consoleUrl ?? words.noConsoleUrl}</span>
        </Fact>
      </dl>
    </section>
  );
}

function Stakeholders({ items }: { readonly items: readonly Stakeholder[] }) {
  const [removing, setRemoving] = useState<Stakeholder | null>(null);
  const forbidden = useForbidden('operator');
  const trial = useMutation({
    mutationFn: ({ channel, address }: Stakeholder) => call('notice-channel.try', { body: { channel, address } }),
  });
  if (items.length === 0) return <Empty title={words.none}>{words.noneLead}</Empty>;
  const trying = trial.isPending ? keyOf(trial.variables) : null;
  return (
    <>
      {trial.isError && <Failed error={trial.error} />}
      {trial.data !== undefined && (
        <Verdict tone={trial.data.outcome === 'accepted' ? 'good' : 'warning'} title={words.tried[trial.data.outcome]}>
          <p>
            {trial.variables.address}: {trial.data.answer}
          </p>
        </Verdict>
      )}
      <Table
        label={words.listTitle}
        name="stakeholders"
        columns={columnsFor({ forbidden, trying, onTry: trial.mutate, onRemove: setRemoving })}
        rows={items}
        keyOf={keyOf}
        total={items.length}
        estimatePx={ROW_PX}
        settling={false}
      />
      {removing !== null && <Remove stakeholder={removing} onClose={() => setRemoving(null)} />}
    </>
  );
}

function keyOf({ group, channel, address }: Stakeholder): string {
  return `${group} ${channel} ${address}`;
}

interface RowActs {
  readonly forbidden: string | null;
  /** The key of the row whose test is under way. */
  readonly trying: string | null;
  readonly onTry: (stakeholder: Stakeholder) => void;
  readonly onRemove: (stakeholder: Stakeholder) => void;
}

function columnsFor({ forbidden, trying, onTry, onRemove }: RowActs): readonly Column<Stakeholder>[] {
  return [
    {
      key: 'who',
      header: words.columns.who,
      cell: ({ name }) => name ?? <span className="ps-subtle">{words.noName}</span>,
    },
    { key: 'group', header: words.columns.group, cell: ({ group }) => (group === '*' ? words.everyGroup : group) },
    {
      key: 'address',
      header: words.columns.address,
      cell: ({ channel, address }) => (
        <>
          <Tag>{words.channels[channel]}</Tag> <span className="ps-break">{address}</span>
        </>
      ),
    },
    {
      key: 'action',
      header: words.columns.action,
      cell: (stakeholder) => (
        <span className="ps-row-actions">
          <Action
            small
            label={`${words.try}: ${stakeholder.address}`}
            disabledReason={forbidden}
            busy={trying === keyOf(stakeholder) ? words.trying : null}
            onAct={() => onTry(stakeholder)}
          >
            {words.try}
          </Action>
          <Action
            small
            label={`${words.remove}: ${stakeholder.address}`}
            disabledReason={forbidden}
            onAct={() => onRemove(stakeholder)}
          >
            {words.remove}
          </Action>
        </span>
      ),
    },
  ];
}

function Remove({ stakeholder, onClose }: { readonly stakeholder: Stakeholder; readonly onClose: () => void }) {
  const { group, channel, address } = stakeholder;
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => call('stakeholder.remove', { body: { group, channel, address } }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: stakeholdersQuery.queryKey });
    },
  });
  return (
    <Question
      title={words.removeQuestion}
      act={words.remove}
      busy={remove.isPending ? words.removing : null}
      keep={words.keep}
      error={remove.error}
      onAct={() => remove.mutate()}
      onClose={onClose}
    >
      <p>
        <strong className="ps-break">{address}</strong>
      </p>
      <p>{words.removeConsequence}</p>
    </Question>
  );
}
