import { assetsNotAgreed, outlookOf } from '../../5-approval/index.ts';
import type { PlanKind } from '../../plan/index.ts';
import type { ApprovalRule } from '../../policy/index.ts';
import { type Hash, type Instant, type Reason, reasonOf, type SignedBy, speaksFor } from '../../vocabulary/index.ts';
import type { CampaignEvent } from '../event.ts';
import { criticalityOf, lanePolicy, productionOf } from '../guards/case.ts';
import { GUARDS } from '../guards/index.ts';
import type { CampaignState } from '../state.ts';
import type { ExplainContext } from '../waiting-for.ts';
import { askGuard, type Decider, refusalOf, signatureOf, signaturesOf, withoutKey } from './decider.ts';

export const PLAN_ACTS = ['request', 'sign-test', 'agree', 'approve', 'refuse', 'revoke'] as const;
export type PlanActName = (typeof PLAN_ACTS)[number];

/** What a person may do about a plan, or why not. */
export interface PlanAct {
  readonly act: PlanActName;
  /** null: they may. */
  readonly barred: Reason | null;
  /** False: it would be taken, and nothing that is missing would come of it. */
  readonly needed: boolean;
  /** Whom an agreement is for. */
  readonly assets: readonly string[];
  /** What would still be missing after their vote, by the key that it is made with; null for what is no vote. */
  readonly after: Readonly<Record<SignedBy['keyClass'], readonly Reason[]>> | null;
}

/** A plan for the way back gathers its signatures beside the campaign. // rollout §3.3 */
export interface RollbackPlan {
  readonly plan: Hash;
  readonly notAfter: Instant;
  /** The requester has signed it. */
  readonly requested: boolean;
  readonly votes: readonly SignedBy[];
  /** Each must be met by itself. */
  readonly rules: readonly ApprovalRule[];
}

/** What this person may do about a plan of the campaign; acts that are not theirs at all are left out. */
export function planActs(
  state: CampaignState,
  kind: PlanKind,
  who: Decider,
  context: ExplainContext & { readonly rollback: RollbackPlan | null },
): readonly PlanAct[] {
  if (kind === 'test') return [signTest(state, who, context)];
  if (kind === 'rollback') return context.rollback === null ? [] : rollbackActs(state, context.rollback, who, context);
  const requester = who.person === state.requester;
  const voted = state.votes.some(({ person }) => person === who.person);
  const agreement = agreeAct(state, who, context);
  return [
    ...(requester ? [requestAct(state, who, context)] : []),
    ...(agreement === null ? [] : [agreement]),
    approveAct(state, who, context),
    refuseAct(state, who, context),
    ...(voted ? [revokeAct(state, who, context)] : []),
  ];
}

export function signTest(state: CampaignState, who: Decider, context: ExplainContext): PlanAct {
  const { trial, title } = state;
  const already = trial.started === null ? null : reasonOf('already-signed', trial.started.signed.person);
  const refused =
    trial.plan === null
      ? reasonOf('test-plan-missing', title)
      : refusalOf(state, { kind: 'test.started', plan: trial.plan, signed: signatureOf(who) }, context);
  return act('sign-test', already ?? refused ?? withoutKey(who));
}

export function requestAct(state: CampaignState, who: Decider, context: ExplainContext): PlanAct {
  const { plan, change, title } = state;
  if (plan === null) return act('request', reasonOf('plan-missing', title));
  if (change !== null) return act('request', reasonOf('already-signed', change.signed.person));
  const event = { kind: 'change.requested', plan: plan.hash, signed: signatureOf(who), why: '' } as const;
  return act('request', refusalOf(state, event, context) ?? withoutKey(who));
}

/** null: they own nothing here whose window is still open. // SOP R2, P6.1 */
export function agreeAct(state: CampaignState, who: Decider, context: ExplainContext): PlanAct | null {
  const { plan, windows } = state;
  const signed = signatureOf(who);
  const assets = assetsNotAgreed(productionOf(state), windows)
    .filter((asset) => speaksFor(signed, asset))
    .map(({ assetId }) => assetId)
    .sort();
  if (plan === null || assets.length === 0) return null;
  const event = { kind: 'window.agreed', plan: plan.hash, signed, assets } as const;
  return { ...act('agree', refusalOf(state, event, context) ?? withoutKey(who)), assets };
}

/** // SOP P5.1 P5.2 */
export function approveAct(state: CampaignState, who: Decider, context: ExplainContext): PlanAct {
  const { plan, title, requester, votes } = state;
  if (plan === null) return act('approve', reasonOf('plan-missing', title));
  const rule = lanePolicy(state, context.policy).approvals[criticalityOf(state)];
  const outlook = (vote: SignedBy) => outlookOf({ subject: title, requester, votes }, rule, vote, plan.firstStart);
  const ways = signaturesOf(who).map((signed) => {
    const event = { kind: 'approval.signed', plan: plan.hash, signed } as const;
    return { refused: whyNoVote(state, event, context), ...outlook(signed) };
  });
  const after = {
    cli: outlook({ ...signatureOf(who), keyClass: 'cli' }).stillMissing,
    console: outlook({ ...signatureOf(who), keyClass: 'console' }).stillMissing,
  };
  return { ...act('approve', ...weigh(ways, who)), after };
}

function refuseAct(state: CampaignState, who: Decider, context: ExplainContext): PlanAct {
  const { plan, title } = state;
  if (plan === null) return act('refuse', reasonOf('plan-missing', title));
  const event = { kind: 'approval.refused', plan: plan.hash, signed: signatureOf(who), why: '' } as const;
  return act('refuse', whyNoVote(state, event, context) ?? withoutKey(who));
}

function revokeAct(state: CampaignState, who: Decider, context: ExplainContext): PlanAct {
  const { plan, title } = state;
  if (plan === null) return act('revoke', reasonOf('plan-missing', title));
  const event = { kind: 'approval.revoked', plan: plan.hash, signed: signatureOf(who), why: '' } as const;
  return act('revoke', refusalOf(state, event, context) ?? withoutKey(who));
}

/** That they asked for it themselves outlasts everything else, so it is said first. // decided 26 */
function whyNoVote(state: CampaignState, event: CampaignEvent, context: ExplainContext): Reason | null {
  return askGuard(GUARDS['requester-never-approves'], state, event, context) ?? refusalOf(state, event, context);
}

interface Way {
  readonly refused: Reason | null;
  readonly brings: boolean;
  readonly stillMissing: readonly Reason[];
}

/** A key with which the vote is taken and brings something; else what stands in the way; else it is only not needed. */
function weigh(ways: readonly Way[], who: Decider): [barred: Reason | null, needed: boolean] {
  const noKey = withoutKey(who);
  const brings = ways.some(({ refused, brings: helps }) => refused === null && helps);
  if (brings) return [noKey, true];
  const refused = ways.find((way) => way.refused !== null)?.refused ?? noKey;
  if (refused !== null) return [refused, false];
  const [missing] = ways.flatMap(({ stillMissing }) => stillMissing);
  return [missing?.code === 'cli-signature-missing' ? missing : null, false];
}

function rollbackActs(
  state: CampaignState,
  rollback: RollbackPlan,
  who: Decider,
  { now }: ExplainContext,
): readonly PlanAct[] {
  const { requester, title } = state;
  const { votes, rules, requested, notAfter, plan } = rollback;
  const expired = now >= notAfter ? reasonOf('plan-expired', plan) : null;
  if (who.person === requester) {
    const already = requested ? reasonOf('already-signed', requester) : null;
    const never = reasonOf('requester-never-approves', requester);
    return [act('request', already ?? expired ?? withoutKey(who)), act('approve', never, false)];
  }
  const seats = rules.flatMap((rule) => rule.seats.flat());
  const lacks = who.roles.some((role) => seats.includes(role)) ? null : reasonOf('signer-lacks-role', title);
  const ways = signaturesOf(who).map((vote) => {
    const again = votes.some(({ person, keyClass }) => person === vote.person && keyClass === vote.keyClass);
    const looks = rules.map((rule) => outlookOf({ subject: title, requester, votes }, rule, vote));
    return {
      refused: lacks ?? expired ?? (again ? reasonOf('already-signed', vote.person) : null),
      brings: looks.some(({ brings }) => brings),
      stillMissing: looks.flatMap(({ stillMissing }) => stillMissing),
    };
  });
  return [act('approve', ...weigh(ways, who))];
}

function act(name: PlanActName, barred: Reason | null, needed = barred === null): PlanAct {
  return { act: name, barred, needed, assets: [], after: null };
}
