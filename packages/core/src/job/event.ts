import type { Hash, Instant, ReasonCode } from '../vocabulary/index.ts';

/** Stage, package and kind of exit: two hosts with the same one have the same trouble. */
export interface ErrorSignature {
  readonly stage: 'fetching' | 'preflight' | 'installing' | 'verifying' | 'rebooting' | 'health' | 'rolling-back';
  readonly package: string | null;
  readonly cause: string;
}

export interface ServiceOutage {
  readonly unit: string;
  readonly downMs: number;
}

/** What an agent says of a job, in its own order. // rollout §2.6 protocol */
export type JobReport =
  | {
      readonly phase:
        | 'claimed'
        | 'fetching'
        | 'preflight'
        | 'installing'
        | 'verifying'
        | 'rebooting'
        | 'health'
        | 'rolling-back';
    }
  | { readonly phase: 'armed' }
  | { readonly phase: 'blocked'; readonly reason: ReasonCode; readonly detail: string }
  /** The grant went unused: its time to start passed. */
  | { readonly phase: 'returned'; readonly detail: string }
  | { readonly phase: 'succeeded'; readonly evidence: JobEvidence }
  | {
      readonly phase: 'failed' | 'rolled-back' | 'rollback-failed';
      readonly error: ErrorSignature;
      readonly evidence: JobEvidence;
    };

/** What the host was before and after, as its own tools say. // SOP P7.1 */
export interface JobEvidence {
  readonly before: readonly { readonly name: string; readonly architecture: string; readonly version: string | null }[];
  readonly after: readonly { readonly name: string; readonly architecture: string; readonly version: string | null }[];
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly outages: readonly ServiceOutage[];
  readonly rebooted: boolean;
  /** What the health profile wants and did not find, absent where all was there: told, and no failure. */
  readonly unmet?: readonly string[];
  /** Hash of the log of the package manager, kept on the host and sent along. */
  readonly log: Hash | null;
}

/** Everything that can happen to a job. */
export type JobEvent =
  | {
      readonly kind: 'job.queued';
      readonly plan: Hash;
      readonly assetId: string;
      readonly wave: number;
      readonly epoch: number;
      readonly groups: readonly string[];
      /** Login of the person who carries it out; absent: the agent of the host. */
      readonly person?: string;
    }
  | { readonly kind: 'job.offered' }
  | { readonly kind: 'job.reported'; readonly sequence: number; readonly report: JobReport }
  | { readonly kind: 'job.granted'; readonly grant: string; readonly startBy: Instant }
  | { readonly kind: 'job.silent' }
  | { readonly kind: 'job.canceled'; readonly why: string }
  | { readonly kind: 'job.expired' }
  | {
      readonly kind: 'job.declared';
      readonly as: 'up-verified' | 'down-accepted' | 'decommissioned';
      readonly person: string;
    };
