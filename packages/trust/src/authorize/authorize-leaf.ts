import type { Leaf, PlanBody } from '@patchsteward/core/plan';
import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { decodeLeaf, isInPlan, jobKey, type PlacedLeaf } from '../plan/index.ts';
import { accepted, type Outcome, refused } from '../refusal.ts';
import { assertAllowed, assertPossible } from './actions.ts';
import type { AuthorizedPlan } from './authorize-plan.ts';
import type { Guard } from './guard.ts';

export interface HostFacts {
  readonly assetId: string;
  readonly guard: Guard;
  /** The last plan that this host acted on, if any. */
  readonly last: { readonly epoch: number; readonly plan: Hash } | null;
}

export interface LeafRequest {
  readonly authorized: AuthorizedPlan;
  readonly leaf: PlacedLeaf;
  readonly host: HostFacts;
  readonly now: Instant;
  /** Preparing may begin before an interval does; starting may not. */
  readonly moment: 'prepare' | 'start';
}

export interface AuthorizedJob {
  readonly leaf: Leaf;
  readonly job: Hash;
}

const TWO_PEOPLE = 2;
const AGENT_PACKAGE = 'patchsteward-agent';

/** Whether this host may do this work order of an authorized plan now. The order is fixed. // rollout §3.3 */
export function authorizeLeaf({ authorized, leaf: placed, host, now, moment }: LeafRequest): Outcome<AuthorizedJob> {
  const { plan, planId } = authorized;
  // Nothing of the bytes is read before they are proven to be signed.
  if (!isInPlan(placed, plan)) return refused('leaf-not-in-plan', `leaf ${placed.index}`);
  const read = decodeLeaf(placed.bytes);
  if (!read.ok) return read;
  const leaf = read.value;
  if (leaf.assetId !== host.assetId) return refused('not-this-host', leaf.assetId);
  for (const check of [
    assertAllowed(plan, leaf, host.guard),
    assertPossible(plan, leaf),
    assertTwoPeople(authorized, leaf, host.guard),
    assertEpoch(plan, planId, host),
    assertInterval(leaf, now, moment),
  ]) {
    if (!check.ok) return check;
  }
  return accepted({ leaf, job: jobKey({ plan: planId, assetId: leaf.assetId, epoch: plan.epoch }) });
}

/** However low the rules of a root are set: what can cost most takes two people. // rollout §3.3 */
function assertTwoPeople(
  { plan, approvers, separationOfDuties }: AuthorizedPlan,
  leaf: Leaf,
  guard: Guard,
): Outcome<null> {
  if (plan.kind === 'test' || !separationOfDuties || approvers.length >= TWO_PEOPLE) return accepted(null);
  const dear = guard.criticality === 'high' || guard.criticality === 'critical';
  if (leaf.reboot === 'if-needed' && dear) return refused('quorum-missing', 'two approvers for a reboot of this host');
  if (leaf.changes.some(({ name }) => name === AGENT_PACKAGE)) {
    return refused('quorum-missing', 'two approvers for an upgrade of the agent');
  }
  return accepted(null);
}

/** An epoch never goes back, and belongs to one plan: an old order that is sent again finds its time is over. // S10 */
function assertEpoch({ epoch }: PlanBody, plan: Hash, { last }: HostFacts): Outcome<null> {
  const fresh = last === null || epoch > last.epoch || (epoch === last.epoch && plan === last.plan);
  return fresh ? accepted(null) : refused('epoch-old', `epoch ${epoch} after ${last.epoch}`);
}

/** // S3, S16 */
function assertInterval({ intervals }: Leaf, now: Instant, moment: LeafRequest['moment']): Outcome<null> {
  const fits = intervals.some(({ from, until }) => now < until && (moment === 'prepare' || now >= from));
  return fits ? accepted(null) : refused('outside-interval', new Date(now).toISOString());
}
