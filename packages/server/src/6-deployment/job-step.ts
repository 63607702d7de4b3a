import { isTerminal, type JobEvent, stepJob } from '@patchsteward/core/job';
import type { Instant, Reason } from '@patchsteward/core/vocabulary';
import type { NewLeaf, TimerChange, Wish } from '../platform/corridor.ts';
import type { By, JobStore } from './deployment-store.ts';
import type { Job } from './job-store.ts';

export type JobStepped =
  | {
      readonly kind: 'stepped';
      readonly job: Job;
      readonly leaves: readonly NewLeaf[];
      readonly wishes: readonly Wish[];
      readonly timers: readonly TimerChange[];
    }
  | { readonly kind: 'refused'; readonly reason: Reason };

/** Fires when a host that holds a grant has said nothing for too long. */
export const SILENCE = 'job.silence';

/** What a job is before its first event. */
export type NewJob = Omit<Job, 'state' | 'version'>;

/**
 * One event of a job through its machine and into the tables, under the lock of the caller. What it means for the
 * campaign is asked of the rooms afterwards.
 */
export async function advanceJob(
  store: Pick<JobStore, 'storeJob' | 'append'>,
  before: Job | NewJob,
  event: JobEvent,
  { silenceMs, ...by }: By & { readonly silenceMs: number },
): Promise<JobStepped> {
  const held = 'state' in before ? before : null;
  const stepped = stepJob(held?.state ?? null, event, by.at);
  if ('refused' in stepped) return { kind: 'refused', reason: stepped.refused };
  const version = held?.version ?? 0;
  const job: Job = { ...before, state: stepped.state, version: version + stepped.events.length };
  await store.storeJob(job, isTerminal(job.state.name), by.at);
  const stream = { name: `job:${job.key}`, version, campaign: job.campaign };
  const leaves = await store.append(stream, stepped.events, by);
  const silent = job.state.slot !== null && !isTerminal(job.state.name) && job.state.unknownSince === null;
  return {
    kind: 'stepped',
    job,
    leaves,
    wishes: [
      { kind: 'campaign.progress', key: job.campaign, payload: null },
      ...(stepped.broken === null ? [] : [brokenWish(job, stepped.broken)]),
    ],
    timers: [{ kind: SILENCE, subject: job.key, due: silent ? silentAt(job, by.at, silenceMs) : null }],
  };
}

/** A promise that no code of ours may break: whoever looks after campaigns halts this one. */
export const BROKEN = 'campaign.broken';

function brokenWish({ campaign, key, assetId }: Job, invariant: string): Wish {
  return { kind: BROKEN, key: campaign, payload: { invariant, detail: `job ${key} on ${assetId}` } };
}

/** A host that waits for its start may use all of that time; afterwards every word of it counts anew. */
function silentAt({ state }: Job, now: Instant, silenceMs: number): Instant {
  const from = state.name === 'granted' && state.grant !== null ? Math.max(now, state.grant.startBy) : now;
  return from + silenceMs;
}
