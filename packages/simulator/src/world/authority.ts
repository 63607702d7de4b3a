import { blocked } from '@patchsteward/agent/engine';
import type { Leaf } from '@patchsteward/core/plan';
import { type ApprovalRule, unfilledSeats } from '@patchsteward/core/policy';
import type { Hash, Instant, SignedBy } from '@patchsteward/core/vocabulary';
import type { KeptPlan } from '../store/tables.ts';
import type { Slip } from './engine.ts';

/**
 * Who signed what. A signature is a token that only its person can add here, so that an adversary can send any plan with
 * any names under it, and hosts still know who signed.
 */
export interface Authority {
  readonly requester: string;
  readonly rule: ApprovalRule;
  readonly plans: ReadonlyMap<string, KeptPlan>;
  readonly signatures: ReadonlyMap<string, readonly SignedBy[]>;
}

/** What a server hands to a host. */
export interface SignedOffer {
  readonly job: Hash;
  readonly epoch: number;
  /** What agentd looks at in an offer of the product. */
  readonly leaf: string;
  readonly plan: KeptPlan;
  readonly assetId: string;
  readonly signers: readonly SignedBy[];
}

interface HostView {
  readonly assetId: string;
  readonly last: { readonly epoch: number; readonly plan: Hash } | null;
  readonly quarantined: readonly Hash[];
  readonly now: Instant;
  readonly moment: 'prepare' | 'start';
}

const NO_SLIPS: ReadonlySet<Slip> = new Set();

/** In the order of the product's own check: people, time, place, epoch, interval. // rollout §3.3 */
export function verifyOrder(authority: Authority, offer: SignedOffer, host: HostView, slips: ReadonlySet<Slip>) {
  const { plan } = offer;
  // Bytes that were changed have another hash, and nobody signed that one.
  const isWhole = slips.has('hash-not-compared') || authority.plans.get(plan.plan) === plan;
  if (!isWhole) return blocked('plan-not-authorized', 'plan-hash-wrong');
  const missing = missingAuthority(authority, plan.plan, offer.signers, slips);
  if (missing !== null && !slips.has('people-not-counted')) return blocked('plan-not-authorized', missing);
  if (host.now >= plan.notAfter) return blocked('plan-not-authorized', 'plan-expired');
  if (host.quarantined.includes(plan.plan)) return blocked('plan-not-authorized', 'plan-quarantined');
  const leaf = plan.leaves.find(({ assetId }) => assetId === host.assetId);
  if (leaf === undefined || offer.assetId !== host.assetId) return blocked('plan-not-authorized', 'not-this-host');
  const { last } = host;
  const fresh = last === null || plan.epoch > last.epoch || (plan.epoch === last.epoch && plan.plan === last.plan);
  if (!fresh) return blocked('plan-not-authorized', 'epoch-old');
  if (!fits(leaf, host) && !slips.has('interval-not-looked-at'))
    return blocked('plan-not-authorized', 'outside-interval');
  return { plan, leaf };
}

/** Signatures that their people really made, without the requester. null: enough of them. */
export function missingAuthority(
  { requester, rule, signatures }: Authority,
  plan: string,
  claimed: readonly SignedBy[],
  slips: ReadonlySet<Slip> = NO_SLIPS,
): string | null {
  const made = signatures.get(plan) ?? [];
  const people = slips.has('names-believed') ? claimed : claimed.filter((one) => made.includes(one));
  if (!people.some(({ person }) => person === requester)) return 'requester-not-signed';
  const approvers = people.filter(({ person }) => person !== requester || slips.has('requester-counted'));
  if (unfilledSeats(approvers, rule.seats).length > 0) return 'quorum-missing';
  const atDesk = approvers.filter(({ keyClass }) => keyClass === 'cli').length;
  return atDesk < rule.cliSignatures ? 'cli-signature-missing' : null;
}

function fits({ intervals }: Leaf, { now, moment }: HostView): boolean {
  return intervals.some(({ from, until }) => now < until && (moment === 'prepare' || now >= from));
}
