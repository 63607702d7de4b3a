import type { EnvelopeBody, JobOffer } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import { type LeafTree, leafTree } from '@patchsteward/trust/plan';
import type { Db, Reader } from '../platform/database.ts';
import type { ChangeIn, JobStore } from './deployment-store.ts';
import { advanceJob } from './job-step.ts';
import { type Job, readJob } from './job-store.ts';
import { noSuchJob } from './no-such-job.ts';

/** Room 5 holds plans, signatures and roots; this room only passes them on. */
export interface PlanSource {
  /** The signed bytes with every signature there is, and until when they count. */
  readonly planOf: (
    reader: Reader,
    plan: string,
  ) => Promise<{ readonly envelope: EnvelopeBody; readonly notAfter: Instant } | undefined>;
  /** The canonical bytes of all work orders, in the order of the tree. */
  readonly leavesOf: (reader: Reader, plan: string) => Promise<readonly Uint8Array[]>;
  readonly leafOf: (
    reader: Reader,
    plan: string,
    assetId: string,
  ) => Promise<{ readonly index: number; readonly body: Uint8Array } | undefined>;
  readonly rootsAfter: (reader: Reader, version: number) => Promise<readonly EnvelopeBody[]>;
}

/** Trees of plans under way; a tree of 10,000 work orders is about a megabyte. */
const TREES_MAX = 32;

interface JobChanges {
  readonly change: ChangeIn<JobStore>;
  /** After its last word a host that holds a grant counts as unknown. */
  readonly silenceMs: number;
}

export interface OfferParts {
  readonly db: Db;
  readonly plans: PlanSource;
  readonly jobs: JobChanges;
}

/** Hands a host its part of a signed plan. Asked again, it is the same; the host judges it, whatever we say. */
export function createOffers(parts: OfferParts) {
  const trees = new Map<string, LeafTree>();
  const treeOf = async (plan: string): Promise<LeafTree> => {
    const known = trees.get(plan);
    if (known !== undefined) return known;
    const tree = leafTree(await parts.plans.leavesOf(parts.db, plan));
    if (trees.size >= TREES_MAX) trees.clear();
    trees.set(plan, tree);
    return tree;
  };
  return async (key: string, assetId: string, rootVersion: number, at: Instant): Promise<JobOffer> => {
    const { db, plans } = parts;
    const job = await ownJob(db, key, assetId);
    const plan = await plans.planOf(db, job.plan);
    const leaf = await plans.leafOf(db, job.plan, assetId);
    if (plan === undefined || leaf === undefined) throw noSuchJob(key);
    const tree = await treeOf(job.plan);
    if (job.state.name === 'queued') await markOffered(parts.jobs, job, at);
    return {
      job: job.key,
      epoch: job.state.epoch,
      envelope: plan.envelope,
      leaf: Buffer.from(leaf.body).toString('base64'),
      leafIndex: leaf.index,
      proof: [...tree.proof(leaf.index)],
      roots: [...(await plans.rootsAfter(db, rootVersion))],
    };
  };
}

/** A host sees its own work orders and nobody else's. */
export async function ownJob(reader: Reader, key: string, assetId: string): Promise<Job> {
  const job = await readJob(reader, key);
  if (job?.assetId !== assetId) throw noSuchJob(key);
  return job;
}

/** The host has come for it: from here on it is expected to speak of it. */
export async function markOffered(
  { change, silenceMs }: JobChanges,
  { key, assetId }: Pick<Job, 'key' | 'assetId'>,
  at: Instant,
): Promise<void> {
  const by = { actor: `agent:${assetId}`, at } as const;
  await change(by, async (store) => {
    const job = await store.lockJob(key);
    if (job?.state.name !== 'queued') return { value: undefined };
    const stepped = await advanceJob(store, job, { kind: 'job.offered' }, { ...by, silenceMs });
    if (stepped.kind === 'refused') return { value: undefined };
    return { value: undefined, leaves: stepped.leaves, wishes: stepped.wishes, timers: stepped.timers };
  });
}
