import type { Campaign, ManualWork } from '@patchsteward/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Action } from '../parts/action.tsx';
import { Clock } from '../parts/clock.tsx';
import { GoodIcon, WarningIcon } from '../parts/icons.ts';
import { Failed } from '../parts/states.tsx';
import { Tag } from '../parts/tag.tsx';
import { call } from '../platform/client.ts';
import { useSession } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { FailedForm } from './hand-work-failed.tsx';
import { HandItem } from './hand-work-item.tsx';
import { workQuery } from './queries.ts';
import { useCampaignChange } from './use-campaign-change.ts';
import { jobStateName } from './words-of.ts';

const words = strings.campaign.hand;

/** What people carry out by hand, with the checklist that was signed. // SOP P6.2 */
export function HandWork({ campaign }: { readonly campaign: Campaign }) {
  const work = useQuery(workQuery(campaign.id));
  if (work.data === undefined)
    return work.isError ? <Failed error={work.error} onAgain={() => void work.refetch()} /> : null;
  return (
    <>
      {work.data.items.map((one) => (
        <Work key={one.job} work={one} />
      ))}
    </>
  );
}

function Work({ work }: { readonly work: ManualWork }) {
  const { asset, person, planKind, wave, from, to, product, state, unknownSince, intervals } = work;
  const [failing, setFailing] = useState(false);
  const title = words.title(asset);
  const stopped = stoppedBy(work, useSession()?.person?.login ?? null);
  return (
    <section className="ps-wave" aria-label={title}>
      <div className="ps-wave-title">
        <h2>{title}</h2>
        <Tag tone={state === 'succeeded' ? 'good' : 'plain'} {...(state === 'succeeded' ? { icon: GoodIcon } : {})}>
          {jobStateName(state)}
        </Tag>
        {unknownSince !== null && (
          <Tag tone="danger" icon={WarningIcon} hint={words.silentWhy}>
            {strings.campaign.jobs.silent}
          </Tag>
        )}
        <span className="ps-subtle">{words.by(person, strings.campaign.jobs.group(planKind, wave))}</span>
      </div>
      <p>
        <span className="ps-code">{product}</span>{' '}
        <span className="ps-code">
          {from} → {to}
        </span>
      </p>
      {intervals.map((span) => (
        <p key={span.from} className="ps-subtle">
          <Clock at={span.from} form="exact" /> – <Clock at={span.until} form="exact" />
        </p>
      ))}
      <ol className="ps-evidence-list">
        {work.items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an item of a signed checklist is called by its place.
          <HandItem key={index} work={work} item={item} index={index} stopped={stopped.file} />
        ))}
      </ol>
      <WorkActions work={work} stopped={stopped} onFailed={() => setFailing(true)} />
      {failing && <FailedForm work={work} stopped={stopped.file} onDone={() => setFailing(false)} />}
    </section>
  );
}

interface Stopped {
  readonly take: string | null;
  readonly file: string | null;
  readonly done: string | null;
}

/** Why each thing cannot be done now, in words; null where it can. */
function stoppedBy({ person, underWay, state, missing }: ManualWork, login: string | null): Stopped {
  const other = login === person ? null : words.notYours(person);
  const over = state === 'succeeded' || state === 'failed' ? words.over : null;
  const file = over ?? other ?? (underWay ? null : words.notTaken);
  const [first] = missing;
  return {
    take: over ?? other ?? (underWay ? words.taken : null),
    file,
    done: file ?? (first === undefined ? null : words.missing(first.item + 1, first.what)),
  };
}

interface WorkActionsProps {
  readonly work: ManualWork;
  readonly stopped: Stopped;
  readonly onFailed: () => void;
}

function WorkActions({ work: { campaign, job }, stopped, onFailed }: WorkActionsProps) {
  const params = { job };
  const take = useCampaignChange(
    campaign,
    () => call('work.take', { params }),
    () => undefined,
  );
  const done = useCampaignChange(
    campaign,
    () => call('work.report', { params, body: { outcome: 'done' } }),
    () => undefined,
  );
  return (
    <>
      {take.data?.kind === 'waiting' && (
        <ul className="ps-evidence-list" role="status">
          {take.data.reasons.map(({ code, subject, sentence }) => (
            <li key={`${code} ${subject}`}>{sentence}</li>
          ))}
        </ul>
      )}
      {take.error !== null && <Failed error={take.error} />}
      {done.error !== null && <Failed error={done.error} />}
      <div className="ps-form-actions">
        <Action
          variant="primary"
          disabledReason={stopped.take}
          busy={take.isPending ? words.taking : null}
          onAct={() => take.mutate()}
        >
          {words.take}
        </Action>
        <Action
          disabledReason={stopped.done}
          busy={done.isPending ? words.reporting : null}
          onAct={() => done.mutate()}
        >
          {words.done}
        </Action>
        <Action variant="link" disabledReason={stopped.file} onAct={onFailed}>
          {words.failed}
        </Action>
      </div>
    </>
  );
}
