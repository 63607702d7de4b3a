import type { Criticality, Hash, Instant, Lane } from '../vocabulary/index.ts';

export const PLAN_KINDS = ['test', 'production', 'rollback'] as const;
export type PlanKind = (typeof PLAN_KINDS)[number];

/** What the plan does, derived from its leaves and nothing else: a signer's client derives it again and compares. */
export interface PlanSummary {
  readonly hosts: number;
  readonly waves: number;
  readonly packages: readonly {
    readonly name: string;
    readonly from: string | null;
    readonly to: string | null;
    readonly hosts: number;
  }[];
  readonly reboots: number;
  readonly withoutRollback: number;
  readonly withoutBackup: number;
  readonly firstStart: Instant;
  readonly lastEnd: Instant;
}

/** The body that people sign. Its identity is the hash of its bytes; no id stands inside. // decided 9 */
export interface PlanBody {
  readonly campaign: string;
  readonly kind: PlanKind;
  readonly lane: Lane;
  /** Login of the person who asks for the change; never counted as an approver. // decided 26 */
  readonly requester: string;
  readonly parent: Hash | null;
  readonly supersedes: readonly Hash[];
  /** The trust root that the thresholds are to be taken from; hosts never accept an older one than they know. */
  readonly rootVersion: number;
  readonly policyHash: Hash;
  /** Merkle tree over the canonical bytes of the leaves, ordered by asset id. // RFC 6962 §2.1 */
  readonly leavesRoot: Hash;
  readonly leafCount: number;
  /** The highest criticality among its assets: decides the threshold together with the lane. */
  readonly criticality: Criticality;
  /** Grows with every plan of the installation: a host refuses an epoch below the last it acted on. */
  readonly epoch: number;
  /** Hashes of what it rests on: authenticity report, trial verdict, backup proofs, risk assessment. */
  readonly evidence: readonly { readonly kind: string; readonly hash: Hash }[];
  readonly notAfter: Instant;
  readonly summary: PlanSummary;
}
