import type { Hash, Instant, Lane, Reason, ScopedAsset, SignedBy, TrialResult, Verdict } from '../vocabulary/index.ts';
import type { By, CampaignEvent, CampaignUpdate, RiskAssessment } from './event.ts';
import type { CampaignStateName, Room } from './state-name.ts';

/** Everything that a guard may ask of a campaign, and nothing that is not in its events. Plain JSON. */
export interface CampaignState {
  readonly id: string;
  readonly title: string;
  readonly updates: readonly CampaignUpdate[];
  /** Login of the person who asks for the change; never an approver. // decided 26 */
  readonly requester: string;
  /** T0, from which the clock of the lane runs. // SOP S1, decided 19a */
  readonly releasedAt: Instant;
  readonly firstSeen: Instant;
  readonly name: CampaignStateName;
  readonly since: Instant;
  /** Events so far. */
  readonly version: number;
  readonly assets: readonly ScopedAsset[];
  /** null: not computed yet. */
  readonly scopeAt: Instant | null;
  readonly lane: Lane | null;
  readonly due: Instant | null;
  readonly laneReasons: readonly Reason[];
  readonly revised: { readonly at: Instant; readonly note: string } | null;
  readonly risk: { readonly assessment: RiskAssessment; readonly signed: SignedBy } | null;
  readonly authenticity: Authenticity | null;
  readonly trial: Trial;
  readonly backup: BackupCheck | null;
  readonly waivers: readonly Waiver[];
  readonly exceptions: readonly Exception[];
  readonly plan: CurrentPlan | null;
  /** Every plan that was ever compiled, of any kind: a hash in here never comes back. */
  readonly plansSeen: readonly Hash[];
  /** Production plans that were thrown away, the last one last: the parents of the next. */
  readonly stalePlans: readonly Hash[];
  /** The last plan that was thrown away after its first wave; folds of before it was kept have none. */
  readonly carried?: CarriedPlan | null;
  readonly rollbackPlan: Hash | null;
  readonly change: { readonly signed: SignedBy; readonly why: string; readonly at: Instant } | null;
  readonly windows: readonly { readonly signed: SignedBy; readonly assets: readonly string[]; readonly at: Instant }[];
  /** Approvals of the current plan. */
  readonly votes: readonly SignedBy[];
  readonly notice: { readonly receipts: Hash; readonly elapsesAt: Instant } | null;
  /** Waves of the current plan, in their order. */
  readonly waves: readonly Wave[];
  /** Whether a wave of this or an earlier plan was opened: from then on production is touched. */
  readonly deployed: boolean;
  readonly pause: Interruption | null;
  readonly halt: Interruption | null;
  /** Why the last plan was thrown away, or will be once a paused or halted campaign resumes. */
  readonly outdatedBy: readonly Reason[];
  /** Failures before this were looked at by the person who resumed; they no longer count against the limit. */
  readonly resumedAt: Instant | null;
  readonly rollback: { readonly why: string; readonly at: Instant; readonly signed: readonly SignedBy[] } | null;
  readonly rolledBack: { readonly assets: readonly string[]; readonly failed: readonly string[] } | null;
  readonly soak: { readonly result: TrialResult; readonly report: Hash; readonly at: Instant } | null;
  readonly rescan: Rescan | null;
  readonly audits: readonly SignedBy[];
  readonly dispositions: readonly { readonly assetId: string; readonly text: string }[];
  readonly declared: readonly Declared[];
  /** The last answer of each room that has given one. */
  readonly verdicts: Readonly<Partial<Record<Room, Verdict<null>>>>;
  readonly end: CampaignEnding | null;
}

export type Authenticity =
  | { readonly kind: 'verified'; readonly report: Hash; readonly files: number; readonly at: Instant }
  | { readonly kind: 'failed'; readonly reasons: readonly Reason[]; readonly at: Instant }
  /** Two people of Security let it be verified again without what failed: a second source, an unknown key. */
  | {
      readonly kind: 'released';
      readonly reasons: readonly Reason[];
      readonly signed: readonly SignedBy[];
      readonly at: Instant;
    };

export interface Trial {
  readonly plan: Hash | null;
  readonly started: { readonly signed: SignedBy; readonly at: Instant } | null;
  readonly verdict: {
    readonly result: TrialResult;
    readonly report: Hash;
    readonly reasons: readonly Reason[];
    readonly at: Instant;
  } | null;
  /** Who took an inconclusive result on themselves. */
  readonly accepted: readonly SignedBy[];
  /** The test is owed until then. // decided 12: emergency */
  readonly debt: { readonly due: Instant; readonly signed: SignedBy; readonly paidAt: Instant | null } | null;
}

export interface BackupCheck {
  readonly proofs: readonly { readonly assetId: string; readonly evidence: Hash; readonly waived: boolean }[];
  readonly missing: readonly Reason[];
  readonly at: Instant;
}

export interface Waiver {
  readonly assetId: string;
  readonly signed: SignedBy;
  readonly expiresAt: Instant;
  readonly why: string;
}

export interface Exception {
  readonly assetId: string;
  readonly signed: readonly SignedBy[];
  readonly expiresAt: Instant;
  readonly why: string;
}

export interface CurrentPlan {
  readonly hash: Hash;
  readonly waves: number;
  readonly hosts: number;
  readonly firstStart: Instant;
  readonly notAfter: Instant;
  readonly lastEnd: Instant;
  /** Assets that cannot be done by the due time in their windows. */
  readonly infeasible: readonly string[];
  readonly compiledAt: Instant;
}

/** A plan of which a part was carried out, with what people said of it. */
export type CarriedPlan = Pick<CampaignState, 'change' | 'windows' | 'votes' | 'notice' | 'waves'> & {
  readonly plan: CurrentPlan;
};

export interface Wave {
  readonly wave: number;
  readonly assets: readonly string[];
  readonly openedAt: Instant;
  readonly closed: { readonly at: Instant; readonly succeeded: number; readonly failed: number } | null;
}

export interface Interruption {
  readonly reasons: readonly Reason[];
  readonly by: By;
  readonly at: Instant;
  readonly returnTo: CampaignStateName;
}

export interface Rescan {
  readonly clean: boolean;
  /** Assets on which it still finds what was to be fixed. */
  readonly remaining: readonly string[];
  readonly report: Hash;
  readonly at: Instant;
}

export interface Declared {
  readonly assetId: string;
  readonly as: 'up-verified' | 'down-accepted' | 'decommissioned';
  readonly signed: SignedBy;
  readonly why: string;
  readonly at: Instant;
}

export interface CampaignEnding {
  readonly why: string;
  /** When it opens again, where it does. */
  readonly until: Instant | null;
}

/** An event as the store keeps it. It names where it led, so that a replay needs neither policy nor guard. */
export interface Recorded {
  readonly event: CampaignEvent;
  readonly at: Instant;
  readonly by: By;
  readonly to: CampaignStateName;
}
