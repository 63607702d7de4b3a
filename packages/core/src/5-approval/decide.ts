import type { ApprovalRule } from '../policy/index.ts';
import { type Instant, reasonOf, type ScopedAsset, type Verdict } from '../vocabulary/index.ts';
import { missingVotes, type VoteFacts } from './votes.ts';
import { missingAgreements, type WindowAgreement } from './windows.ts';

export interface ApprovalFacts extends VoteFacts {
  /** The current plan; null: none is compiled. */
  readonly plan: { readonly notAfter: Instant; readonly firstStart: Instant } | null;
  readonly changeRequested: boolean;
  /** Those in production that the plan touches. */
  readonly assets: readonly ScopedAsset[];
  readonly agreements: readonly WindowAgreement[];
}

export interface Approval {
  /** Distinct people, in the order in which they signed. */
  readonly approvers: readonly string[];
}

/** Step 5. Time alone never approves; it only ends what was approved. // SOP P5.1 P5.2, checklist c11 */
export function decideApproval(facts: ApprovalFacts, rule: ApprovalRule, now: Instant): Verdict<Approval> {
  const { plan, subject, requester, votes } = facts;
  if (plan === null) return { kind: 'wait', waitingOn: [reasonOf('plan-missing', subject)] };
  if (now >= plan.notAfter) return { kind: 'stop', blockedBy: [reasonOf('plan-expired', subject)] };
  const waitingOn = [
    ...(facts.changeRequested ? [] : [reasonOf('change-not-requested', subject, plan.firstStart)]),
    ...missingAgreements(facts.assets, facts.agreements, plan.firstStart),
    ...missingVotes(facts, rule, plan.firstStart),
  ];
  if (waitingOn.length > 0) return { kind: 'wait', waitingOn };
  const people = votes.map(({ person }) => person).filter((person) => person !== requester);
  return { kind: 'proceed', value: { approvers: [...new Set(people)] } };
}
