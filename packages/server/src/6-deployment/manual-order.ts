import type { ManualLeaf } from '@patchsteward/core/plan';
import { decodePlanLeaf } from '@patchsteward/trust/plan';
import type { Reader } from '../platform/database.ts';
import type { PlanSource } from './agent-offer.ts';
import { type Job, readJob } from './job-store.ts';
import { noSuchJob } from './no-such-job.ts';

/** The signed work order of a person, with its job. */
export interface ManualOrder {
  readonly job: Job;
  readonly leaf: ManualLeaf;
}

/** Read from the bytes that people signed. A job of a host is no work of a person. */
export async function readOrder(reader: Reader, plans: PlanSource, key: string): Promise<ManualOrder> {
  const job = await readJob(reader, key);
  if (job === undefined) throw noSuchJob(key);
  return { job, leaf: await leafOfJob(reader, plans, job) };
}

export async function leafOfJob(reader: Reader, plans: PlanSource, job: Job): Promise<ManualLeaf> {
  const stored = await plans.leafOf(reader, job.plan, job.assetId);
  const leaf = stored === undefined ? undefined : decodePlanLeaf(stored.body);
  if (leaf?.ok !== true || !('executor' in leaf.value)) throw noSuchJob(job.key);
  return leaf.value;
}
