import type { Precision } from '../1-identification/index.ts';
import type { Severity } from '../policy/index.ts';
import type { Instant } from '../vocabulary/index.ts';
import type { RiskAnswer } from './risk-answer.ts';

/** What is known of a vulnerability beside the vendor's claim. */
export interface VulnerabilityFacts {
  readonly severity: Severity;
  /** Who says so; null where nobody does. */
  readonly severityFrom: string | null;
  /** CVSS base score, 0 to 10. */
  readonly cvss: number | null;
  readonly knownExploited: {
    readonly added: Instant;
    readonly due: Instant | null;
    readonly ransomware: boolean;
  } | null;
  readonly epss: {
    readonly score: number;
    readonly percentile: number;
    readonly date: Instant;
    readonly model: string;
  } | null;
  /** Each input of SSVC by itself: some are known where others are not. */
  readonly ssvc: {
    readonly exploitation: 'none' | 'public_poc' | 'active' | null;
    readonly automatable: boolean | null;
    readonly technicalImpact: 'partial' | 'total' | null;
  } | null;
  /** Sources say less by now than what counts: it waits for a person. Absent: they say the same. */
  readonly held?: true;
}

export const UNKNOWN_INTELLIGENCE: VulnerabilityFacts = {
  severity: 'unknown',
  severityFrom: null,
  cvss: null,
  knownExploited: null,
  epss: null,
  ssvc: null,
};

/** What is evaluated: a vulnerability with its fix, or an update without one. */
export interface FindingFacts {
  /** What reasons speak of: the vulnerability, or `curl 7.88.1-10+deb12u15`. */
  readonly subject: string;
  /** It fixes a vulnerability, or a security archive offers it. */
  readonly security: boolean;
  /** null: there is no usable patch. */
  readonly fixed: string | null;
  readonly advisoryAt: Instant | null;
  readonly advisoryPrecision: Precision;
  /** `Date` of the first signed index that lists the fix. */
  readonly indexAt: Instant | null;
  /** When this installation first saw the advisory, or the update. */
  readonly advisorySeen: Instant;
  /** When Security declared an emergency. // SOP S3 */
  readonly declaredEmergencyAt: Instant | null;
  /** null for an update without a vulnerability. */
  readonly intelligence: VulnerabilityFacts | null;
  /** The end of the support of the platform, where that is what was found; absent: it is no platform. */
  readonly platformEnded?: Instant;
  /** The source package that has it; absent where it is no package's. */
  readonly source?: string;
  /** What people answered to it on this asset, in the past too; absent: nobody did. */
  readonly answers?: readonly RiskAnswer[];
}
