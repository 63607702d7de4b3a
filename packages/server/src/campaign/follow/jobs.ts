import { isSettled, type JobEvent, troubleOf } from '@patchsteward/core/job';
import type { Leaf, PlanKind } from '@patchsteward/core/plan';
import type { Hash, Instant, Reason } from '@patchsteward/core/vocabulary';
import { decodeLeaf, jobKey } from '@patchsteward/trust/plan';
import { allLeaves, readPlan } from '../../5-approval/plan-store.ts';
import { advanceJob } from '../../6-deployment/job-step.ts';
import { type Job, listPlanJobs, lockPlanJobs } from '../../6-deployment/job-store.ts';
import type { Reader } from '../../platform/database.ts';
import { readSeen } from './hosts.ts';
import type { Look } from './look.ts';

/** The work orders of a plan, read from the bytes that people sign. */
export async function readPlanLeaves(reader: Reader, plan: string): Promise<Leaf[]> {
  return (await allLeaves(reader, plan)).map((bytes) => {
    const leaf = decodeLeaf(bytes);
    if (!leaf.ok) throw new TypeError(`a stored work order of ${plan} cannot be read: ${leaf.refusal.detail}`);
    return leaf.value;
  });
}

/** A job for each work order of the plan. Asked again it makes what is missing, and nothing twice. */
export async function ensureJobs(look: Look, plan: Hash, planKind: PlanKind): Promise<Job[]> {
  const { tx, state } = look;
  const jobs = await listPlanJobs(tx, plan);
  const kept = await readPlan(tx, plan);
  if (kept === undefined || jobs.length === kept.leafCount) return jobs;
  const { epoch } = await epochOf(tx, plan);
  const groups = new Map(state.assets.map(({ assetId, redundancyGroups }) => [assetId, redundancyGroups]));
  const made = [...jobs];
  for (const { assetId, wave } of await readPlanLeaves(tx, plan)) {
    if (jobs.some((job) => job.assetId === assetId)) continue;
    const key = jobKey({ plan, assetId, epoch });
    const queued = { kind: 'job.queued', plan, assetId, wave, epoch, groups: groups.get(assetId) ?? [] } as const;
    const stepped = await stepOne(look, { key, plan, planKind, campaign: state.id, assetId }, queued);
    if (stepped === null) continue;
    made.push(stepped);
  }
  return made.sort((a, b) => (a.assetId < b.assetId ? -1 : 1));
}

async function epochOf(reader: Reader, plan: string): Promise<{ readonly epoch: number }> {
  return reader.selectFrom('approval.plan').select('epoch').where('hash', '=', plan).executeTakeFirstOrThrow();
}

/** One event of a job, under the lock of its campaign; null where the job refuses it. */
async function stepOne(
  { tx, parts, now, changes }: Look,
  job: Parameters<typeof advanceJob>[2],
  event: JobEvent,
): Promise<Job | null> {
  const by = { actor: 'system', at: now, silenceMs: parts.silenceMs } as const;
  const stepped = await advanceJob(tx, parts.append, job, event, by);
  if (stepped.kind === 'refused') return null;
  changes.add(stepped);
  return stepped.job;
}

/** Jobs that were never allowed to start and whose last span is over: they are not waited for. // §2.8 L4 */
export async function expireJobs(look: Look, plan: Hash, leaves: readonly Leaf[], notAfter: number): Promise<Job[]> {
  const { tx, now } = look;
  const ends = new Map(leaves.map(({ assetId, intervals }) => [assetId, intervals.at(-1)?.until ?? notAfter]));
  const isOver = (job: Job): boolean => now >= Math.min(ends.get(job.assetId) ?? notAfter, notAfter);
  const jobs: Job[] = [];
  for (const job of await lockPlanJobs(tx, plan)) {
    const expired = isOver(job) ? await stepOne(look, job, { kind: 'job.expired' }) : null;
    jobs.push(expired ?? job);
  }
  return jobs;
}

/** The state of a job with what its host is called, and when it last reported. */
export async function watchedJobs({ tx, state }: Look, jobs: readonly Job[]) {
  const names = new Map(state.assets.map(({ assetId, name }) => [assetId, name]));
  const ids = jobs.map(({ assetId }) => assetId);
  const seen = await readSeen(tx, ids);
  return jobs.map(({ assetId, state: job }) => ({
    host: names.get(assetId) ?? assetId,
    job,
    seenAt: seen.get(assetId) ?? null,
  }));
}

/** What keeps jobs from going on until somebody helps. */
export async function troublesOf(look: Look, jobs: readonly Job[], by: Instant): Promise<Reason[]> {
  const { now, parts } = look;
  const open = jobs.filter(({ state }) => !isSettled(state));
  const watched = await watchedJobs(look, open);
  return watched.flatMap((one) => troubleOf(one, { silenceMs: parts.silenceMs, by }, now) ?? []);
}
