import { missingAgreements, missingVotes } from '../../5-approval/index.ts';
import type { PlanKind } from '../../plan/index.ts';
import { type Reason, reasonOf, speaksFor } from '../../vocabulary/index.ts';
import {
  type Case,
  criticalityOf,
  differentPeople,
  type Guard,
  isApprover,
  laneOf,
  productionOf,
  signersOf,
  unless,
} from './case.ts';

/** Step 5: who asks, who agrees, who approves, who is told. // SOP P5, §2.8 S1 S2 */
export const APPROVAL_GUARDS = {
  'plan-for-test': (given) => planKind(given, 'test'),
  'plan-for-production': (given) => planKind(given, 'production'),
  'plan-for-rollback': (given) => planKind(given, 'rollback'),
  'plan-never-seen': ({ event, state }) =>
    unless(event.kind === 'plan.compiled' && !state.plansSeen.includes(event.plan), 'plan-replayed', planOf(event)),
  'plan-in-force': ({ next: { plan, title }, now }) =>
    unless(plan !== null && now < plan.notAfter, plan === null ? 'plan-missing' : 'plan-expired', plan?.hash ?? title),
  'plan-current': ({ event, state }) =>
    unless('plan' in event && event.plan === state.plan?.hash, 'plan-not-current', planOf(event)),
  'requester-signs': ({ event, state }) =>
    unless(
      signersOf(event).some(({ person }) => person === state.requester),
      'change-not-requested',
      state.title,
    ),
  'change-requested': ({ state }) => unless(state.change !== null, 'change-not-requested', state.title),
  'requester-never-approves': ({ event, state }) =>
    unless(
      signersOf(event).every(({ person }) => person !== state.requester),
      'requester-never-approves',
      state.requester,
    ),
  'approver-of-the-lane': (given) => approverOfTheLane(given),
  'signs-once': ({ event, state }) => {
    const again = signersOf(event).find(({ person, keyClass }) =>
      state.votes.some((vote) => vote.person === person && vote.keyClass === keyClass),
    );
    return again === undefined ? null : reasonOf('already-signed', again.person);
  },
  'own-signature': ({ event, state }) =>
    unless(
      signersOf(event).some(({ person }) => state.votes.some((vote) => vote.person === person)),
      'not-your-signature',
      signersOf(event)[0]?.person ?? 'nobody',
    ),
  'owner-agrees': (given) => ownerAgrees(given),
  'quorum-reached': (given) => quorumMissing(given)[0] ?? null,
  'windows-agreed': ({ next }) => missingAgreements(productionOf(next), next.windows)[0] ?? null,
  'notice-long-enough': (given) => {
    const { event, now } = given;
    const long = event.kind === 'notice.sent' && event.elapsesAt >= now + laneOf(given).noticeMs;
    return unless(long, 'notice-too-short', given.state.title);
  },
  'notice-over': ({ state: { notice, title }, now }) => {
    if (notice === null) return reasonOf('notice-not-sent', title);
    return unless(now >= notice.elapsesAt, 'notice-running', title, notice.elapsesAt);
  },
  'risk-accepted-by-owner-and-security': ({ event, state }) =>
    unless(
      differentPeople(signersOf(event), ['security', 'owner']),
      'signer-lacks-role',
      `security and owner for ${state.title}`,
    ),
  'expiry-ahead': ({ event, now, state }) =>
    unless('expiresAt' in event && event.expiresAt > now, 'expiry-not-ahead', state.title),
  'mitigation-approved': (given) => mitigationApproved(given),
  'mitigation-for-a-time': (given) => {
    const { event, now, state } = given;
    const ends = event.kind === 'mitigation.applied' && event.expiresAt <= now + laneOf(given).authority.forMs;
    return unless(ends, 'expiry-not-ahead', state.title);
  },
  'term-over': ({ state: { end, title }, now }) =>
    unless(end !== null && end.until !== null && now >= end.until, 'too-early', title, end?.until ?? undefined),
} as const satisfies Record<string, Guard>;

export function quorumMissing(given: Case): Reason[] {
  const { next } = given;
  const rule = laneOf(given).approvals[criticalityOf(next)];
  return missingVotes(
    { subject: next.title, requester: next.requester, votes: next.votes },
    rule,
    next.plan?.firstStart,
  );
}

function planKind({ event }: Case, kind: PlanKind): Reason | null {
  return unless(
    event.kind === 'plan.compiled' && event.planKind === kind,
    'event-not-listed',
    `A plan of kind ${kind}`,
  );
}

function planOf(event: Case['event']): string {
  return 'plan' in event ? event.plan : event.kind;
}

function approverOfTheLane({ event, state, policy }: Case): Reason | null {
  const approves = signersOf(event).some((one) => isApprover(one, state, policy));
  return unless(approves, 'signer-lacks-role', `an approver of ${state.title}`);
}

function ownerAgrees({ event, state }: Case): Reason | null {
  if (event.kind !== 'window.agreed') return null;
  for (const assetId of event.assets) {
    const asset = state.assets.find((one) => one.assetId === assetId);
    if (asset === undefined) return reasonOf('not-in-scope', assetId);
    if (!speaksFor(event.signed, asset)) return reasonOf('not-the-owner', asset.name);
  }
  return null;
}

/** As many as the lane asks of a plan: a mitigation changes hosts as well. // rollout-and-trust §2.3 */
function mitigationApproved(given: Case): Reason | null {
  const { state, event } = given;
  const rule = laneOf(given).approvals[criticalityOf(state)];
  return missingVotes({ subject: state.title, requester: state.requester, votes: signersOf(event) }, rule)[0] ?? null;
}
