import type { CampaignEvent } from '@patchsteward/core/campaign';
import type { Hash, Instant, Role, SignedBy } from '@patchsteward/core/vocabulary';
import { PAYLOAD_TYPES, sealEnvelope, withSignature } from '@patchsteward/trust/dsse';
import { touchPasskey } from '../platform/access/passkey-store.ts';
import type { FeedEvent, HoldCampaign } from '../platform/campaign-door.ts';
import type { Actor, Changed, Corridor, Wish } from '../platform/corridor.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { insertSignature, lockPlan, type PlanIntent, type PlanRow, readPlan } from './plan-store.ts';
import { personBehind, type Signer, usableRoot } from './signer.ts';

/** Who may vote for a change; which of them are needed, the policy and the hosts say. // SOP P5.2, R2-R4 */
const APPROVING: readonly Role[] = ['change', 'owner', 'security'];
/** Who lets the test ring be changed. // SOP R1 P3.1 */
const TESTING: readonly Role[] = ['it'];

export interface SigningParts {
  readonly corridor: Corridor;
  readonly feed: FeedEvent;
  readonly hold: HoldCampaign;
}

export interface PlanSignature {
  readonly keyid: Hash;
  readonly sig: string;
  readonly intent: PlanIntent;
  readonly why: string | null;
}

export interface SignedPlan {
  readonly plan: Hash;
  readonly campaign: string;
  readonly person: string;
  readonly intent: PlanIntent;
  /** Where the campaign stands now; null where the signature was there already, or moves it by being counted later. */
  readonly state: string | null;
}

/** One signature under one plan: verified against the newest root, kept, and told to the campaign. // decided 26 */
export async function signPlan(
  { corridor, feed, hold }: SigningParts,
  plan: string,
  signature: PlanSignature,
  by: { readonly actor: Actor; readonly at: Instant },
): Promise<SignedPlan> {
  return corridor.change(by, async (tx): Promise<Changed<SignedPlan>> => {
    const known = await readPlan(tx, plan);
    if (known !== undefined) await hold(tx, known.campaign);
    const row = await lockPlan(tx, plan);
    if (row === undefined) throw new Refusal('not-found', `There is no plan ${plan}.`);
    refuseUnlessCurrent(row, by.at);
    const root = await usableRoot(tx, by.at);
    const { keyid, sig, intent, why } = signature;
    const signer = personBehind(withSignature(sealEnvelope(PAYLOAD_TYPES.plan, row.payload), { keyid, sig }), root);
    refuseUnlessFitting(row, signer, signature);
    await touchPasskey(tx, keyid, by.at);
    const { person, roles, keyClass } = signer;
    const answer = { plan: row.plan, campaign: row.campaign, person, intent };
    const added = await insertSignature(tx, row.plan, { keyid, person, roles, keyClass, intent, sig, why, at: by.at });
    if (!added) return { value: { ...answer, state: null } };
    const payload = { plan: row.plan, keyid, sig, intent, why, person, roles: [...roles], keyClass };
    const leaf = { kind: 'plan.signed', subject: row.campaign, payload };
    if (row.kind === 'rollback') return { value: { ...answer, state: null }, leaves: [leaf], wishes: [goOn(row)] };
    const { state, leaves, wishes, timers } = await feed(tx, {
      campaign: row.campaign,
      event: eventOf(row.plan, signer, signature),
      actor: by.actor,
      at: by.at,
    });
    return { value: { ...answer, state }, leaves: [leaf, ...leaves], wishes, timers };
  });
}

/** A way back is begun by whoever counts its signatures: for the campaign it is no approval of a change. */
function goOn({ campaign }: PlanRow): Wish {
  return { kind: 'campaign.progress', key: campaign, payload: null };
}

function refuseUnlessCurrent({ plan, supersededBy, notAfter }: PlanRow, now: Instant): void {
  if (supersededBy !== null) throw new Refusal('plan-superseded', `${plan} gave way to ${supersededBy}.`);
  if (now >= notAfter) {
    throw new Refusal('plan-expired', `The authority of this plan ended at ${new Date(notAfter).toISOString()}.`);
  }
}

/** The requester asks and never approves; everybody else approves and never asks. // SOP P5.1, decided 26 */
function refuseUnlessFitting({ kind, requester }: PlanRow, signer: Signer, { intent, why }: PlanSignature): void {
  const isRequester = signer.person === requester;
  if ((kind === 'test') !== (intent === 'test')) {
    throw new Refusal('bad-request', `A plan of kind ${kind} is not signed as ${intent}.`, {
      details: [{ path: 'body.intent', problem: kind === 'test' ? 'must be test' : 'must be request or approve' }],
    });
  }
  if (intent === 'test') refuseWithoutRole(signer, TESTING);
  if (intent === 'request' && !isRequester) {
    throw new Refusal('not-the-requester', `${requester} asks for this change, not ${signer.person}.`);
  }
  if (intent === 'request' && (why === null || why.trim() === '')) {
    throw new Refusal('bad-request', 'A request says why.', {
      details: [{ path: 'body.why', problem: 'must say why the change is asked for' }],
    });
  }
  if (intent === 'approve' && isRequester) {
    throw new Refusal('requester-is-approver', `${requester} asked for this change and cannot approve it.`);
  }
  if (intent === 'approve') refuseWithoutRole(signer, APPROVING);
}

function refuseWithoutRole({ person, roles }: SignedBy, wanted: readonly Role[]): void {
  if (roles.some((role) => wanted.includes(role))) return;
  throw new Refusal('role-missing', `This takes one of the roles ${wanted.join(', ')}; ${person} has none of them.`);
}

function eventOf(plan: Hash, signer: Signer, { intent, why }: PlanSignature): CampaignEvent {
  const { person, roles, keyClass, statement } = signer;
  const signed: SignedBy = { person, roles, keyClass, statement };
  switch (intent) {
    case 'request':
      return { kind: 'change.requested', plan, signed, why: why ?? '' };
    case 'approve':
      return { kind: 'approval.signed', plan, signed };
    case 'test':
      return { kind: 'test.started', plan, signed };
  }
}
