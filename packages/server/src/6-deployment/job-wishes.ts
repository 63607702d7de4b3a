import type { JobEvent } from '@patchsteward/core/job';
import { z } from 'zod';
import type { Changed, GrantedWish, NewLeaf, TimerChange, Wish } from '../platform/corridor.ts';
import type { CampaignHold, JobStore } from './deployment-store.ts';
import { advanceJob } from './job-step.ts';
import type { Job } from './job-store.ts';

/** The wish of a campaign whose plan is not to be begun any more; its key is the plan. */
export const JOBS_CANCEL = 'jobs.cancel';

/** The wish of a campaign in which a person answered for a host: `<campaign> <asset>`. */
export const JOBS_DECLARE = 'jobs.declare';

interface JobParts {
  readonly store: JobStore;
  readonly silenceMs: number;
}

/**
 * A host that holds a grant has said nothing for too long: from here on it is unknown, and still counts as down. It is a
 * failure as well, which a grant beside it must see. // rollout S6
 */
export async function grantSilence(
  parts: JobParts & { readonly store: CampaignHold },
  { key, at }: GrantedWish,
): Promise<Changed<void>> {
  await parts.store.lockCampaignsOf([key]);
  const job = await parts.store.lockJob(key);
  return job === undefined ? { value: undefined } : stepAll(parts, [job], { kind: 'job.silent' }, at);
}

/** What has not been allowed to start never will be; what is past its point of no return is left to end. // §2.4 halt */
export async function grantCancel(parts: JobParts, { key, at }: GrantedWish): Promise<Changed<void>> {
  const jobs = await parts.store.lockPlanJobs(key);
  return stepAll(parts, jobs, { kind: 'job.canceled', why: 'its plan was let go' }, at);
}

const Declared = z.object({ as: z.enum(['up-verified', 'down-accepted', 'decommissioned']), person: z.string() });

/** Whoever signed for the host frees its place; only jobs that hold one listen. // §2.8 S4 */
export async function grantDeclare(parts: JobParts, { key, payload, at }: GrantedWish): Promise<Changed<void>> {
  const [campaign = '', assetId = ''] = key.split(' ');
  const { as, person } = Declared.parse(payload);
  const jobs = await parts.store.lockHostJobs(campaign, assetId);
  return stepAll(parts, jobs, { kind: 'job.declared', as, person }, at);
}

async function stepAll(
  { store, silenceMs }: JobParts,
  jobs: readonly Job[],
  event: JobEvent,
  at: number,
): Promise<Changed<void>> {
  const leaves: NewLeaf[] = [];
  const wishes: Wish[] = [];
  const timers: TimerChange[] = [];
  for (const job of jobs) {
    // A job that is over, or that the host just spoke for, refuses; that is an answer, too.
    const stepped = await advanceJob(store, job, event, { actor: 'system', at, silenceMs });
    if (stepped.kind === 'refused') continue;
    leaves.push(...stepped.leaves);
    wishes.push(...stepped.wishes);
    timers.push(...stepped.timers);
  }
  return { value: undefined, leaves, wishes, timers };
}
