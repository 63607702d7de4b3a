import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import type { TrustRefusal } from '@patchsteward/trust';
import { authorizeLeaf, authorizePlan, type Guard } from '@patchsteward/trust/authorize';
import { payloadOf } from '@patchsteward/trust/dsse';
import { decodeLeaf, decodePlan, planIdOf } from '@patchsteward/trust/plan';
import { blocked, type Refusal } from './refusal.ts';
import type { RunnerState } from './state.ts';
import type { RootStore } from './trust-root.ts';
import type { Offer, WorkOrder } from './work-order.ts';

export interface OfferContext {
  readonly state: RunnerState;
  readonly roots: RootStore;
  readonly guard: Guard;
  /** Plans that failed on this host and were taken back. // rollout S14 */
  readonly quarantined: readonly Hash[];
  readonly now: Instant;
}

/** From the signatures of people down to this host, in fixed order; the first doubt ends it. // rollout §3.3 */
export async function verifyOffer(
  offer: Offer,
  moment: 'prepare' | 'start',
  { state, roots, guard, quarantined, now }: OfferContext,
): Promise<WorkOrder | Refusal> {
  const pins = await state.loadPins();
  const known = roots.current;
  if (pins === null || known === null) return blocked('no-trust-root', 'no trust root is pinned on this host');
  const superseded = await state.superseded();
  const plan = authorizePlan({ envelope: offer.envelope, known, pinned: guard, now, superseded, quarantined });
  if (!plan.ok) return refused(plan.refusal);
  const host = { assetId: pins.assetId, guard, last: await state.lastPlan() };
  const bytes = Buffer.from(offer.leaf, 'base64');
  const placed = { bytes, index: offer.leafIndex, proof: offer.proof };
  const allowed = authorizeLeaf({ authorized: plan.value, leaf: placed, host, now, moment });
  if (!allowed.ok) return refused(allowed.refusal);
  const { job, leaf } = allowed.value;
  if (job !== offer.job) return blocked('plan-not-authorized', 'job-key-wrong: the order goes by another name');
  return { job, planId: plan.value.planId, plan: plan.value.plan, leaf };
}

/**
 * The same order once it is begun, from root's own copy: it was verified before its point of no return, and the way to
 * an end is not stopped by an interval that closes or a root that changes meanwhile. // rollout S3
 */
export function reopenOffer(offer: Offer): WorkOrder | null {
  const payload = payloadOf(offer.envelope);
  const plan = decodePlan(payload);
  const leaf = decodeLeaf(Buffer.from(offer.leaf, 'base64'));
  if (!plan.ok || !leaf.ok) return null;
  return { job: offer.job, planId: planIdOf(payload), plan: plan.value, leaf: leaf.value };
}

function refused({ code, detail }: TrustRefusal): Refusal {
  return blocked('plan-not-authorized', `${code}: ${detail}`);
}
