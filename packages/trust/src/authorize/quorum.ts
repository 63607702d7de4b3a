import type { PlanBody } from '@patchsteward/core/plan';
import { type ApprovalRule, type Approvals, DEFAULT_APPROVALS } from '@patchsteward/core/policy';
import type { Criticality } from '@patchsteward/core/vocabulary';
import type { TrustRoot } from '../root/index.ts';

/** A downgrade brings holes back: security must say yes, beside somebody who answers for the system. // rollout §3.3 */
const DOWNGRADE_RULE: ApprovalRule = { seats: [['security'], ['change', 'owner']], cliSignatures: 1 };

/**
 * Every rule that must be met, each by itself: for the criticality that the plan tells and for the one that the host has
 * pinned, so the stricter of the two holds whichever it is. None for a test, which needs one person of IT and no quorum.
 */
export function rulesFor(
  { kind, lane, criticality }: PlanBody,
  root: TrustRoot,
  pinned: Criticality | null,
): readonly ApprovalRule[] {
  if (kind === 'test') return [];
  const approvals: Approvals = root.lanes ?? DEFAULT_APPROVALS;
  const byLane = [...new Set([criticality, pinned ?? criticality])].map((level) => approvals[lane][level]);
  return kind === 'rollback' ? [...byLane, DOWNGRADE_RULE] : byLane;
}
