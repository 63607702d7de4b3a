import { isSettled, type JobEvent, troubleOf } from '@patchsteward/core/job';
import type { PlanKind, PlanLeaf } from '@patchsteward/core/plan';
import type { Hash, Instant, Reason } from '@patchsteward/core/vocabulary';
import { decodePlanLeaf, jobKey } from '@patchsteward/trust/plan';
import { allLeaves } from '../../5-approval/plan-store.ts';
import { advanceJob } from '../../6-deployment/job-step.ts';
import type { Job } from '../../6-deployment/job-store.ts';
import type { Reader } from '../../platform/database.ts';
import type { WaveLook } from './look.ts';

/** The work orders of a plan, read from the bytes that people sign. */
export async function readPlanLeaves(reader: Reader, plan: string): Promise<PlanLeaf[]> {
  return (await allLeaves(reader, plan)).map((bytes) => {
    const leaf = decodePlanLeaf(bytes);
    if (!leaf.ok) throw new TypeError(`a stored work order of ${plan} cannot be read: ${leaf.refusal.detail}`);
    return leaf.value;
  });
}

function byHand(leaf: PlanLeaf): { readonly person?: string } {
  return 'executor' in leaf ? { person: leaf.person } : {};
}

/** A job for each work order of the plan. Asked again it makes what is missing, and nothing twice. */
export async function ensureJobs(look: WaveLook, plan: Hash, planKind: PlanKind): Promise<readonly Job[]> {
  const { store, state } = look;
  const jobs = await store.listPlanJobs(plan);
  const kept = await store.readKept(plan);
  if (kept === undefined || jobs.length === kept.leafCount) return jobs;
  const { epoch } = kept;
  const groups = new Map(state.assets.map(({ assetId, redundancyGroups }) => [assetId, redundancyGroups]));
  const made = [...jobs];
  for (const leaf of await store.readLeaves(plan)) {
    const { assetId, wave } = leaf;
    if (jobs.some((job) => job.assetId === assetId)) continue;
    const key = jobKey({ plan, assetId, epoch });
    const queued = {
      kind: 'job.queued',
      plan,
      assetId,
      wave,
      epoch,
      groups: groups.get(assetId) ?? [],
      ...byHand(leaf),
    } as const;
    const stepped = await stepOne(look, { key, plan, planKind, campaign: state.id, assetId }, queued);
    if (stepped === null) continue;
    made.push(stepped);
  }
  return made.sort((a, b) => (a.assetId < b.assetId ? -1 : 1));
}

/** One event of a job, under the lock of its campaign; null where the job refuses it. */
async function stepOne(
  { store, silenceMs, now, changes }: WaveLook,
  job: Parameters<typeof advanceJob>[1],
  event: JobEvent,
): Promise<Job | null> {
  const by = { actor: 'system', at: now, silenceMs } as const;
  const stepped = await advanceJob(store, job, event, by);
  if (stepped.kind === 'refused') return null;
  changes.add(stepped);
  return stepped.job;
}

/** Jobs that were never allowed to start and whose last span is over: they are not waited for. // §2.8 L4 */
export async function expireJobs(
  look: WaveLook,
  plan: Hash,
  leaves: readonly PlanLeaf[],
  notAfter: number,
): Promise<Job[]> {
  const { store, now } = look;
  const ends = new Map(leaves.map(({ assetId, intervals }) => [assetId, intervals.at(-1)?.until ?? notAfter]));
  const isOver = (job: Job): boolean => now >= Math.min(ends.get(job.assetId) ?? notAfter, notAfter);
  const jobs: Job[] = [];
  for (const job of await store.lockPlanJobs(plan)) {
    const expired = isOver(job) ? await stepOne(look, job, { kind: 'job.expired' }) : null;
    jobs.push(expired ?? job);
  }
  return jobs;
}

/** The state of a job with what its host is called, when it last reported, and whether another machine does so too. */
export async function watchedJobs({ store, state }: WaveLook, jobs: readonly Job[]) {
  const names = new Map(state.assets.map(({ assetId, name }) => [assetId, name]));
  const ids = jobs.map(({ assetId }) => assetId);
  const seen = await store.readSeen(ids);
  const forked = await store.readForked(ids);
  return jobs.map(({ assetId, state: job }) => ({
    host: names.get(assetId) ?? assetId,
    job,
    seenAt: seen.get(assetId) ?? null,
    forked: forked.has(assetId),
  }));
}

/** What keeps jobs from going on until somebody helps. */
export async function troublesOf(look: WaveLook, jobs: readonly Job[], by: Instant | undefined): Promise<Reason[]> {
  const { now, silenceMs } = look;
  const open = jobs.filter(({ state }) => !isSettled(state));
  const watched = await watchedJobs(look, open);
  return watched.flatMap((one) => troubleOf(one, { silenceMs, by }, now) ?? []);
}
