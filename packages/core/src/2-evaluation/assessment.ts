import type { Precision } from '../1-identification/index.ts';
import type { Instant, Lane, Reason } from '../vocabulary/index.ts';
import type { BodAssessment } from './bod.ts';
import type { Pause } from './risk-answer.ts';
import type { ResponseKind } from './risk-response.ts';
import type { SsvcAssessment } from './ssvc.ts';

/** Lane and due time with everything they were computed from. // SOP P2.1 S1-S3 */
export interface Assessment {
  readonly lane: Lane;
  /** When the vendor released the fix; first sight where no source says, or there is no fix. */
  readonly releasedAt: Instant;
  readonly releasedPrecision: Precision;
  readonly releasedFrom: 'advisory' | 'index' | 'first-seen';
  readonly firstSeen: Instant;
  readonly due: Instant;
  /** Which of the binding dates was the earliest. */
  readonly dueFrom: 'lane' | 'known-exploited' | 'bod-26-04' | 'override';
  readonly clock: 'release' | 'backlog';
  readonly late: boolean;
  /** Somebody answers for it until that day, and it is not late before; null: nobody does. */
  readonly answered: { readonly response: string; readonly kind: ResponseKind; readonly until: Instant } | null;
  /** Times that somebody answered for it, which do not count; T0 and first sight stay. */
  readonly pauses: readonly Pause[];
  /** How many were assessed together, and how many of them somebody answers for. */
  readonly findings: number;
  readonly answeredFindings: number;
  /** null for an update without a vulnerability. */
  readonly bod: BodAssessment | null;
  /** null: exploitation or automatable is not known. */
  readonly ssvc: SsvcAssessment | null;
  readonly priority: number;
  readonly reasons: readonly Reason[];
  /** One sentence: why this lane and this time. */
  readonly why: string;
  readonly policyVersion: string;
}

/** Most urgent first: by due time, then by priority. */
export function byUrgency(a: Assessment, b: Assessment): number {
  return a.due - b.due || b.priority - a.priority;
}
