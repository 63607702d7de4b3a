import type { ErrorSignature, JobEvidence, JobReport } from '@patchsteward/core/job';
import type { PlanKind } from '@patchsteward/core/plan';
import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import type { PackageCommand } from '../package-managers/acting.ts';
import type { Exit } from './units.ts';

/** What the runner is about to let a package manager do. */
export type Stage = 'install' | 'repair' | 'rollback';

/** One process of one try. It is on the disk before the process exists, so it is found again whatever happens. */
export interface Attempt {
  readonly stage: Stage;
  /** Of its stage, from 1. */
  readonly number: number;
  /** Of the commands of this try, from 0. */
  readonly part: number;
  readonly unit: string;
  readonly command: PackageCommand;
  readonly bootId: string | null;
  readonly at: Instant;
}

export type PackageVersions = JobEvidence['before'];

/** What a journal of a job is made of, in the order in which it happened. */
export type JobRecord =
  | {
      readonly kind: 'armed';
      readonly job: Hash;
      readonly plan: Hash;
      readonly planKind: PlanKind;
      readonly epoch: number;
      readonly at: Instant;
    }
  | { readonly kind: 'canceled'; readonly why: string; readonly at: Instant }
  /** The point of no return. From here on the host ends at the signed versions or says why not. */
  | {
      readonly kind: 'departed';
      readonly grant: string;
      readonly before: PackageVersions;
      readonly attempt: Attempt;
      /** On the monotonic clock: outages count from here. */
      readonly monotonicMs: number;
      readonly at: Instant;
    }
  | { readonly kind: 'attempt'; readonly attempt: Attempt }
  /** `lost`: the process was not seen at its end, be it by a power cut or before it began. */
  | { readonly kind: 'ended'; readonly unit: string; readonly exit: Exit; readonly lost: boolean; readonly at: Instant }
  | { readonly kind: 'judged'; readonly error: ErrorSignature | null; readonly at: Instant }
  | { readonly kind: 'rebooting'; readonly bootId: string | null; readonly at: Instant }
  | { readonly kind: 'restarted'; readonly at: Instant }
  /** `stoppedMs` is of the monotonic clock of that boot, and tells one outage from another. */
  | { readonly kind: 'outage'; readonly unit: string; readonly downMs: number; readonly stoppedMs: number }
  | {
      readonly kind: 'checked';
      readonly error: ErrorSignature | null;
      /** What was wanted and not found: told, and no failure. */
      readonly unmet?: readonly string[];
      readonly at: Instant;
    }
  | { readonly kind: 'finished'; readonly report: JobReport; readonly at: Instant };
