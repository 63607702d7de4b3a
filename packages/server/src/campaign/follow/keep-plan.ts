import type { PlanBody, PlanLeaf, PlanParts } from '@patchsteward/core/plan';
import type { Hash } from '@patchsteward/core/vocabulary';
import { encodeLeaf, encodePlan, leavesRootOf, planIdOf } from '@patchsteward/trust/plan';
import { insertPlan, supersedePlan } from '../../5-approval/plan-store.ts';
import { currentRoot } from '../../5-approval/root-store.ts';
import { nextEpoch } from '../../6-deployment/job-store.ts';
import type { Look } from './look.ts';

export interface PlanToKeep {
  readonly body: PlanParts;
  /** In the order of asset ids. */
  readonly leaves: readonly PlanLeaf[];
  readonly evidence: PlanBody['evidence'];
  /** The plan that it comes from: what it replaces, or what it takes back. */
  readonly parent: Hash | null;
  /** The plans that this one takes the place of. */
  readonly supersedes: readonly Hash[];
}

export interface KeptPlan {
  readonly plan: Hash;
  readonly body: PlanBody;
}

/** Adds hashes and numbers, and keeps the bytes that people sign. null: there is no trust root to sign under. */
export async function keepPlan({ tx, parts, now, changes, state }: Look, plan: PlanToKeep): Promise<KeptPlan | null> {
  const root = await currentRoot(tx);
  if (root === undefined) return null;
  const leaves = plan.leaves.map((leaf) => ({ assetId: leaf.assetId, bytes: encodeLeaf(leaf) }));
  const body: PlanBody = {
    ...plan.body,
    parent: plan.parent,
    supersedes: plan.supersedes.toSorted(),
    rootVersion: root.root.version,
    policyHash: parts.policy.hash,
    leavesRoot: leavesRootOf(leaves.map(({ bytes }) => bytes)),
    epoch: await nextEpoch(tx),
    evidence: distinct(plan.evidence),
  };
  const payload = encodePlan(body);
  const hash = planIdOf(payload);
  await insertPlan(tx, { plan: hash, body, payload, leaves }, now);
  for (const old of plan.supersedes) await supersedePlan(tx, old, hash);
  changes.add({
    leaves: [
      {
        kind: 'plan.kept',
        subject: state.id,
        payload: {
          plan: hash,
          kind: body.kind,
          epoch: body.epoch,
          leaves: body.leafCount,
          leavesRoot: body.leavesRoot,
        },
      },
    ],
  });
  return { plan: hash, body };
}

/** Sorted and each once, as every reader of a plan demands. */
function distinct(evidence: PlanBody['evidence']): PlanBody['evidence'] {
  const byText = new Map(evidence.map((one) => [`${one.kind} ${one.hash}`, one]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
