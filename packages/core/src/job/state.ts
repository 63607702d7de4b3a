import type { Hash, Instant, ReasonCode } from '../vocabulary/index.ts';
import type { ErrorSignature, JobEvent, JobEvidence } from './event.ts';
import type { JobStateName } from './state-name.ts';

/** One plan on one host, from the server's view. Plain JSON. */
export interface JobState {
  readonly plan: Hash;
  readonly assetId: string;
  readonly wave: number;
  readonly epoch: number;
  readonly groups: readonly string[];
  /** Login of the person who carries it out; absent: the agent of the host. */
  readonly person?: string;
  readonly name: JobStateName;
  readonly since: Instant;
  /** Of the host's reports; a job sees them grow, never one twice. */
  readonly lastSequence: number;
  readonly grant: { readonly id: string; readonly startBy: Instant; readonly at: Instant } | null;
  /** Whether it was ever allowed to start and did not hand that back: the denominator of every limit. // §2.4 */
  readonly attempted: boolean;
  /** It counts against its redundancy groups from the grant on, until something good is known. // §2.8 S4 */
  readonly slot: { readonly since: Instant; readonly why: 'granted' | 'rollback' | 'failed' } | null;
  /** The server has not heard of it for too long. Only the host, or a person's signed word, clears it. */
  readonly unknownSince: Instant | null;
  readonly blocked: { readonly reason: ReasonCode; readonly detail: string } | null;
  readonly error: ErrorSignature | null;
  readonly failedAt: Instant | null;
  readonly evidence: JobEvidence | null;
  readonly declared: { readonly as: HostDeclaration; readonly person: string; readonly at: Instant } | null;
  /** Canceled while a grant was out: it ends as soon as the host hands the grant back. */
  readonly cancelWanted: boolean;
}

export type HostDeclaration = Extract<JobEvent, { kind: 'job.declared' }>['as'];

export interface JobRecorded {
  readonly event: JobEvent;
  readonly at: Instant;
}
