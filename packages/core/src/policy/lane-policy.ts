import type { Criticality } from '../vocabulary/index.ts';
import type { ApprovalRule, Seat } from './approvals.ts';

/** When the fleet stops by itself: at this many failures, at this share of the attempted, at this many alike. */
export interface PauseLimit {
  /** Whichever of `failures` and `percent` is larger holds, so that one host of ten does not stop a fleet. // decided 18 */
  readonly failures: number;
  readonly percent: number;
  /** The same stage, package and cause on so many hosts pauses at once. */
  readonly alike: number;
}

/** The figures of one lane. // SOP S1-S3 P3 P4 P5 P6, rollout-and-trust §2.3 */
export interface LanePolicy {
  readonly approvals: Readonly<Record<Criticality, ApprovalRule>>;
  /** From the notice to the first production wave. // SOP P6.2 */
  readonly noticeMs: number;
  /** After the release, for updates that do not come from a security origin. */
  readonly coolingOffMs: number;
  /** How long the test ring is watched before its verdict. // SOP P3 */
  readonly testSoakMs: number;
  /** Within this time a host of the test ring may start. */
  readonly testStartMs: number;
  /** A deferred test must be made up for within this time. // rollout-and-trust §2.3: test debt */
  readonly testDebtMs: number;
  /** After this time without an answer to a request for approval the next in line are told; never approved by time. */
  readonly approvalAskMs: number;
  /** Verified hosts of the test ring that prove a package pair; all that have it, where these are fewer. // decided 15 */
  readonly provenHostsMin: number;
  /** From the last start of a wave to the first of the next. */
  readonly waveSoakMs: number;
  /** How long production is watched after the last wave. // SOP P6.3 */
  readonly soakMs: number;
  /** When the signatures under a plan end, at the latest. */
  readonly authority: { readonly from: 'due' | 'compiled'; readonly forMs: number };
  /** The youngest snapshot of an asset must not be older. // SOP P4 */
  readonly backupAgeMaxMs: number;
  /** The last check of the integrity of its repository must not be older. */
  readonly integrityAgeMaxMs: number;
  readonly pauseLimit: PauseLimit;
  /** B: the failures that a wave may be expected to have; n clean hosts allow B·n/3 next ones: 3 is doubling. */
  readonly expectedFailures: number;
  /** No wave holds a larger share of the plan, nor of a redundancy group, once that is more than one host. */
  readonly waveShareMax: number;
  /** A start leaves this much of its window beyond the expected duration: repairs and the way back need time too. */
  readonly startReserveMs: number;
  /** A host may go back by itself this long after its transaction; 0: never. // decided 30 */
  readonly rollbackGraceMs: number;
  /** How a risk may be answered for instead of patched in time. // SP 800-40r4 §2.2 */
  readonly response: {
    /** For this time at most; then it is open again. */
    readonly termMaxMs: number;
    /** Who must agree, beside the requester, who never counts. */
    readonly seats: readonly Seat[];
  };
}
