import type { PlanBody } from '@patchsteward/core/plan';
import type { Hash, Instant, SignedBy } from '@patchsteward/core/vocabulary';
import { type Envelope, PAYLOAD_TYPES, payloadOf, readEnvelope } from '../dsse/index.ts';
import { decodePlan, planIdOf } from '../plan/index.ts';
import { accepted, type Outcome, refused } from '../refusal.ts';
import { assertUsable, type KnownRoot, verifiedSigners } from '../root/index.ts';
import type { Guard } from './guard.ts';
import { rulesFor } from './quorum.ts';
import { type Tally, tally } from './tally.ts';

export interface PlanTally extends Tally {
  readonly plan: PlanBody;
  readonly planId: Hash;
}

export interface TallyRequest {
  /** As it came: nothing of it is believed yet. */
  readonly envelope: unknown;
  readonly known: KnownRoot;
  /** What the host itself says it is; null where nobody is a host: on the server, at a signer's desk. */
  readonly pinned: Guard | null;
  readonly now: Instant;
}

export interface PlanRequest extends TallyRequest {
  /** Plans that later ones replaced, as far as is known here. */
  readonly superseded: readonly Hash[];
  /** Plans that failed here and were rolled back. // S14 */
  readonly quarantined: readonly Hash[];
}

export interface AuthorizedPlan {
  readonly plan: PlanBody;
  readonly planId: Hash;
  /** Null where a test plan was signed by somebody else of IT alone. */
  readonly requester: SignedBy | null;
  readonly approvers: readonly SignedBy[];
  readonly separationOfDuties: boolean;
}

/** Whether a plan may be acted on. The order is fixed, and the first doubt ends it. // rollout §3.3 */
export function authorizePlan(request: PlanRequest): Outcome<AuthorizedPlan> {
  const counted = tallyPlan(request);
  if (!counted.ok) return counted;
  const supported = assertQuorum(counted.value);
  if (!supported.ok) return supported;
  const alive = assertAlive(supported.value, request);
  return alive.ok ? supported : alive;
}

/** Who stands behind a plan so far. Refused where nobody could ever act on it. */
export function tallyPlan({ envelope: given, known, pinned, now }: TallyRequest): Outcome<PlanTally> {
  const envelope = readEnvelope(given);
  if (!envelope.ok) return envelope;
  if (envelope.value.payloadType !== PAYLOAD_TYPES.plan) {
    return refused('payload-type-wrong', envelope.value.payloadType);
  }
  const usable = assertUsable(known, now);
  if (!usable.ok) return usable;
  return countSigners(envelope.value, known, pinned);
}

/** The payload is read only after somebody of the root has signed it. */
function countSigners(envelope: Envelope, { root }: KnownRoot, pinned: Guard | null): Outcome<PlanTally> {
  const signers = verifiedSigners(envelope, root);
  if (!signers.ok) return signers;
  const payload = payloadOf(envelope);
  const plan = decodePlan(payload);
  if (!plan.ok) return plan;
  const fitting = assertRootVersion(plan.value, root.version);
  if (!fitting.ok) return fitting;
  const placed = assertEnvironment(plan.value, pinned);
  if (!placed.ok) return placed;
  const rules = rulesFor(plan.value, root, pinned?.criticality ?? null);
  const planId = planIdOf(payload);
  return accepted({ plan: plan.value, planId, ...tally(plan.value, planId, signers.value, root, rules) });
}

/** One rotation may happen while a plan is being signed, and no more; its people are judged by the newest root. */
function assertRootVersion({ rootVersion }: PlanBody, version: number): Outcome<null> {
  if (rootVersion > version)
    return refused('root-unknown', `the plan needs version ${rootVersion}, known is ${version}`);
  if (rootVersion < version - 1)
    return refused('root-rolled-back', `the plan rests on version ${rootVersion} of ${version}`);
  return accepted(null);
}

/** The few signatures of a test are worth nothing where the host itself says production. // decided 14 */
function assertEnvironment({ kind }: PlanBody, pinned: Guard | null): Outcome<null> {
  if (kind !== 'test' || pinned === null || pinned.environment === 'non-production') return accepted(null);
  return refused('test-plan-on-production', 'this host is pinned as production');
}

function assertQuorum(counted: PlanTally): Outcome<AuthorizedPlan> {
  const { plan, planId, requester, approvers, missingSeats, missingCliSignatures, separationOfDuties } = counted;
  // A test changes nothing that counts: one person of IT answers for it, whoever asked for the campaign. // decided 14
  if (requester === null && !(plan.kind === 'test' && separationOfDuties)) {
    return refused('requester-not-signed', plan.requester);
  }
  if (missingSeats.length > 0) {
    return refused('quorum-missing', missingSeats.map((seat) => seat.join(' or ')).join(', '));
  }
  if (missingCliSignatures > 0) return refused('cli-signature-missing', `${missingCliSignatures} more`);
  return accepted({ plan, planId, requester, approvers, separationOfDuties });
}

function assertAlive({ plan, planId }: AuthorizedPlan, request: PlanRequest): Outcome<null> {
  if (request.now >= plan.notAfter) return refused('plan-expired', new Date(plan.notAfter).toISOString());
  if (request.superseded.includes(planId)) return refused('plan-superseded', planId);
  if (request.quarantined.includes(planId)) return refused('plan-quarantined', planId);
  return accepted(null);
}
