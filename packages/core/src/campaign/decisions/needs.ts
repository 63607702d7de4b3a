import type { Instant, Reason, ReasonCode } from '../../vocabulary/index.ts';
import { explain } from '../explain.ts';
import type { CampaignState } from '../state.ts';
import type { ExplainContext } from '../waiting-for.ts';
import type { Decider } from './decider.ts';
import { type DecisionKind, type OpenDecision, openDecisions } from './open-decisions.ts';
import type { RollbackPlan } from './plan-acts.ts';

/** What there is to do, as the work is called and not as the procedure numbers it. */
type NeedKind = (typeof OF_DECISIONS)[DecisionKind] | 'plan' | 'send-notice' | 'look-after-host' | 'other';

/** Something that a campaign needs of somebody: their signature, or work that no signature does. */
export interface Need {
  readonly kind: NeedKind;
  readonly waiting: Reason;
  /** How many more of the same there are in this campaign. */
  readonly others: number;
}

const OF_DECISIONS = {
  'assess-risk': 'assess',
  'release-files': 'release-files',
  'sign-test': 'start-test',
  'accept-test': 'judge-test',
  'cover-backups': 'prove-backup',
  'request-change': 'request-change',
  'agree-window': 'agree-window',
  approve: 'approve',
  resume: 'resume',
  'request-rollback-plan': 'request-change',
  'approve-rollback': 'approve',
  audit: 'finish',
} as const satisfies Record<DecisionKind, string>;

/** What a decision clears is asked of those whose decision it is, and of nobody else. */
const DECIDED: ReadonlySet<ReasonCode> = new Set([
  ...(['risk-not-assessed', 'quarantined', 'test-not-started', 'test-inconclusive', 'change-not-requested'] as const),
  ...(['backup-missing', 'backup-stale', 'backup-of-other-host', 'backup-too-small', 'waiver-expired'] as const),
  ...(['backup-integrity-unknown', 'backup-integrity-stale', 'window-not-agreed', 'approval-missing'] as const),
  ...(['cli-signature-missing', 'approval-unanswered', 'audit-signature-missing', 'disposition-missing'] as const),
]);

/** What work the other reasons ask for; what is not in here is something else. */
const WORK: Readonly<Partial<Record<ReasonCode, NeedKind>>> = {
  'test-plan-missing': 'start-test',
  'test-host-missing': 'start-test',
  'test-debt-open': 'start-test',
  'test-failed': 'judge-test',
  'versions-differ': 'judge-test',
  'service-failed': 'judge-test',
  'files-not-verified': 'release-files',
  'hash-mismatch': 'release-files',
  'signature-wrong': 'release-files',
  'index-rolled-back': 'release-files',
  'backup-not-checked': 'prove-backup',
  'lane-not-known': 'assess',
  'severity-unknown': 'assess',
  'plan-missing': 'plan',
  'plan-expired': 'plan',
  'plan-outdated': 'plan',
  'no-maintenance-window': 'plan',
  'window-too-short': 'plan',
  'no-window-in-time': 'plan',
  'no-window-before-due': 'plan',
  'nothing-to-plan': 'plan',
  'pair-untested': 'plan',
  'ring-not-apart': 'plan',
  'notice-not-sent': 'send-notice',
  'notice-undelivered': 'send-notice',
  'notice-too-short': 'send-notice',
  'notice-without-recipient': 'send-notice',
  'host-silent': 'look-after-host',
  'host-blocked': 'look-after-host',
  'host-reports-fork': 'look-after-host',
  'report-stale': 'look-after-host',
  'rollback-failed': 'look-after-host',
  'soak-inconclusive': 'finish',
  'rescan-missing': 'finish',
  'rescan-not-clean': 'finish',
};

/** What this campaign needs of this person now: the decisions that are theirs, then work that their roles do. */
export function needsOf(
  state: CampaignState,
  who: Decider,
  context: ExplainContext & { readonly rollback: RollbackPlan | null },
): readonly Need[] {
  const decided = openDecisions(state, who, context).filter(isTheirs).map(ofDecision);
  // While it stands still, what stopped it is all that counts, and going on is a decision.
  if (state.name === 'paused' || state.name === 'halted') return decided;
  const work = explain(state, context).reasons.filter((reason) => isWorkOf(who, reason, context.now));
  const kinds = new Map<NeedKind, Reason[]>();
  for (const reason of work) {
    const kind = WORK[reason.code] ?? 'other';
    kinds.set(kind, [...(kinds.get(kind) ?? []), reason]);
  }
  return [
    ...decided,
    ...[...kinds].flatMap(([kind, [first, ...others]]) =>
      first === undefined || decided.some((need) => need.kind === kind)
        ? []
        : [{ kind, waiting: first, others: others.length }],
    ),
  ];
}

/** Whoever only lacks a key has the decision still: the key is what they need first. */
function isTheirs({ barred }: OpenDecision): boolean {
  return barred === null || barred.code === 'key-not-in-root';
}

function ofDecision({ kind, waiting, assets }: OpenDecision): Need {
  // Of backups the reason names one host, and the others stand behind it.
  const others = kind === 'cover-backups' ? assets.length - 1 : 0;
  return { kind: OF_DECISIONS[kind], waiting, others };
}

/** By their role; what clears by itself needs nobody before its time is over. */
function isWorkOf({ roles }: Decider, reason: Reason, now: Instant): boolean {
  if (DECIDED.has(reason.code)) return false;
  if (!reason.clearableBy.some((role) => role !== 'system' && roles.includes(role))) return false;
  return !reason.clearableBy.includes('system') || isOver(reason, now);
}

export function isOver({ by }: Reason, now: Instant): boolean {
  return by !== undefined && by < now;
}
