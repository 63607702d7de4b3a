import type { ChecklistItem, PlanKind, Target } from '../plan/index.ts';
import type { Hash, Instant, Lane, Reason, ScopedAsset, SignedBy, TrialResult, Verdict } from '../vocabulary/index.ts';
import type { Room } from './state-name.ts';

/** Logins of the trust root, `system`, or `agent:<asset id>`. */
export type By = string;

/** The updates of a campaign: one source package at one version on one release, and the packages built from it. */
export interface CampaignUpdate {
  readonly scope: string;
  readonly source: string;
  readonly sourceVersion: string;
  readonly targets: readonly Target[];
  readonly fixes: readonly string[];
  /** How people carry it out, where no agent does. */
  readonly checklist?: readonly ChecklistItem[];
}

/** The assessment of the change itself, not of the vulnerability. // SOP P2.1, checklist c4 */
export interface RiskAssessment {
  readonly impact: 'low' | 'medium' | 'high';
  readonly reboot: boolean;
  readonly restarts: readonly string[];
  readonly rollback: 'rehearsed' | 'prepared' | 'none';
  readonly exposure: string;
  readonly note: string;
}

/** Times that pass without anybody doing something. Those that are events of their own (a notice elapses) are not here. */
export type TimerKind = 'approval-unanswered' | 'due-near' | 'due-passed' | 'authority-over' | 'test-debt-due';

/** Everything that can happen to a campaign; what is not listed is refused. // rollout-and-trust §2.2, decided 12 */
export type CampaignEvent =
  | {
      readonly kind: 'update.seen';
      readonly campaign: string;
      readonly title: string;
      readonly updates: readonly CampaignUpdate[];
      /** Who adopted the proposal, and counts as requester. // decided 22, 26 */
      readonly requester: string;
      readonly releasedAt: Instant;
      readonly firstSeen: Instant;
    }
  | { readonly kind: 'update.revised'; readonly note: string }
  | { readonly kind: 'scope.computed'; readonly assets: readonly ScopedAsset[] }
  | {
      readonly kind: 'lane.proposed';
      readonly lane: Lane;
      readonly due: Instant;
      readonly reasons: readonly Reason[];
      /** What made it so, in one sentence; events of before it was kept have none. */
      readonly why?: string;
    }
  | { readonly kind: 'lane.set'; readonly lane: Lane; readonly due: Instant; readonly signed: readonly SignedBy[] }
  | { readonly kind: 'risk.assessed'; readonly assessment: RiskAssessment; readonly signed: SignedBy }
  | { readonly kind: 'auth.verified'; readonly report: Hash; readonly files: number }
  | { readonly kind: 'auth.failed'; readonly reasons: readonly Reason[] }
  | { readonly kind: 'auth.released'; readonly signed: readonly SignedBy[] }
  /** A person of IT signed the plan of the test ring, which lets it start; the requester may. */
  | { readonly kind: 'test.started'; readonly plan: Hash; readonly signed: SignedBy }
  | {
      readonly kind: 'test.verdict';
      readonly result: TrialResult;
      readonly report: Hash;
      readonly reasons: readonly Reason[];
    }
  | { readonly kind: 'test.accepted'; readonly signed: readonly SignedBy[] }
  | { readonly kind: 'test.deferred'; readonly due: Instant; readonly signed: SignedBy }
  | {
      readonly kind: 'backup.checked';
      readonly proofs: readonly { readonly assetId: string; readonly evidence: Hash; readonly waived: boolean }[];
      readonly missing: readonly Reason[];
    }
  | {
      readonly kind: 'plan.compiled';
      readonly plan: Hash;
      readonly planKind: PlanKind;
      readonly waves: number;
      readonly hosts: number;
      readonly firstStart: Instant;
      readonly notAfter: Instant;
      readonly lastEnd: Instant;
      /** Assets that cannot be done by the due time in their windows. // SOP S1 */
      readonly infeasible: readonly string[];
    }
  | { readonly kind: 'plan.stale'; readonly reasons: readonly Reason[] }
  | { readonly kind: 'plan.superseded'; readonly by: Hash }
  | { readonly kind: 'change.requested'; readonly plan: Hash; readonly signed: SignedBy; readonly why: string }
  | {
      readonly kind: 'window.agreed';
      readonly plan: Hash;
      readonly signed: SignedBy;
      readonly assets: readonly string[];
    }
  | { readonly kind: 'approval.signed'; readonly plan: Hash; readonly signed: SignedBy }
  | { readonly kind: 'approval.refused'; readonly plan: Hash; readonly signed: SignedBy; readonly why: string }
  | { readonly kind: 'approval.revoked'; readonly plan: Hash; readonly signed: SignedBy; readonly why: string }
  | { readonly kind: 'notice.sent'; readonly receipts: Hash; readonly elapsesAt: Instant }
  | { readonly kind: 'notice.elapsed' }
  | { readonly kind: 'wave.opened'; readonly wave: number; readonly assets: readonly string[] }
  | { readonly kind: 'wave.closed'; readonly wave: number; readonly succeeded: number; readonly failed: number }
  /** Nothing is left that a new plan could do; the counts are of the wave that was open when the last one was thrown away. */
  | { readonly kind: 'deployment.done'; readonly succeeded: number; readonly failed: number }
  | { readonly kind: 'limit.hit'; readonly reasons: readonly Reason[] }
  | { readonly kind: 'invariant.broken'; readonly invariant: string; readonly detail: string }
  | { readonly kind: 'halt'; readonly why: string }
  | { readonly kind: 'resume'; readonly signed: SignedBy; readonly why: string }
  | { readonly kind: 'rollback.requested'; readonly signed: readonly SignedBy[]; readonly why: string }
  | { readonly kind: 'rollback.completed'; readonly assets: readonly string[]; readonly failed: readonly string[] }
  | {
      readonly kind: 'host.declared';
      readonly assetId: string;
      readonly as: 'up-verified' | 'down-accepted' | 'decommissioned';
      readonly signed: SignedBy;
      readonly why: string;
    }
  | {
      readonly kind: 'waiver.signed';
      readonly assetId: string;
      readonly signed: SignedBy;
      readonly expiresAt: Instant;
      readonly why: string;
    }
  | {
      readonly kind: 'exception.signed';
      readonly assetId: string;
      readonly signed: readonly SignedBy[];
      readonly expiresAt: Instant;
      readonly why: string;
    }
  | { readonly kind: 'soak.verdict'; readonly result: TrialResult; readonly report: Hash }
  | {
      readonly kind: 'rescan.done';
      readonly clean: boolean;
      readonly remaining: readonly string[];
      readonly report: Hash;
    }
  | {
      readonly kind: 'audit.signed';
      readonly signed: SignedBy;
      readonly dispositions: readonly { readonly assetId: string; readonly text: string }[];
    }
  | { readonly kind: 'campaign.withdrawn'; readonly why: string; readonly vendor: boolean }
  | { readonly kind: 'campaign.superseded'; readonly by: string }
  | {
      readonly kind: 'mitigation.applied';
      readonly report: Hash;
      readonly signed: readonly SignedBy[];
      readonly expiresAt: Instant;
    }
  | { readonly kind: 'mitigation.expired' }
  | {
      readonly kind: 'risk.accepted';
      readonly signed: readonly SignedBy[];
      readonly expiresAt: Instant;
      readonly why: string;
    }
  | { readonly kind: 'risk.expired' }
  | { readonly kind: 'verdict.recorded'; readonly room: Room; readonly verdict: Verdict<null> }
  | { readonly kind: 'timer.fired'; readonly timer: TimerKind };

export type CampaignEventKind = CampaignEvent['kind'];

/** The one event of a kind. */
export type EventOf<K extends CampaignEventKind> = Extract<CampaignEvent, { readonly kind: K }>;
