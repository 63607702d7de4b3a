import type { ErrorSignature } from '@patchsteward/core/job';
import type { Leaf } from '@patchsteward/core/plan';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { ActingManager, PackageCommand, TransactionFiles } from '../package-managers/acting.ts';
import type { Attempt, Stage } from './job-record.ts';
import type { JobProgress } from './progress.ts';
import type { Exit } from './units.ts';

/** After the first try; a third repair that fails will fail a fourth time. // rollout §2.6 */
const REPAIRS_MAX = 3;
/** The way back is tried as often as it is repaired. */
const ROLLBACKS_MAX = 3;
/** Tries that power cuts took away are not the packages' fault, yet a host that dies each time must stop somewhere. */
const BEGUN_MAX = 20;

/** What is installed on the way there, and on the way back, and by whom. */
export interface JobFiles {
  readonly manager: Pick<ActingManager, 'installCommands' | 'repairCommands'>;
  readonly forward: TransactionFiles;
  readonly back: TransactionFiles;
}

export type Step =
  /** Nothing to do before somebody starts it, or any more. */
  | { readonly kind: 'rest' }
  | { readonly kind: 'watch'; readonly attempt: Attempt }
  | { readonly kind: 'run'; readonly attempt: Omit<Attempt, 'bootId' | 'at'> }
  | { readonly kind: 'judge'; readonly attempt: Attempt; readonly exit: Exit }
  /** Reboot where it is needed and allowed, then restart what the leaf names. */
  | { readonly kind: 'settle' }
  | { readonly kind: 'check-health' }
  | { readonly kind: 'finish'; readonly phase: 'succeeded' }
  | {
      readonly kind: 'finish';
      readonly phase: 'failed' | 'rolled-back' | 'rollback-failed';
      readonly error: ErrorSignature;
    };

/** The next step of a job, from its journal alone: whoever takes it up after a crash comes to the same one. */
export function nextStep(progress: JobProgress, leaf: Leaf, files: JobFiles, now: Instant): Step {
  const { standing } = progress;
  switch (standing.kind) {
    case 'armed':
    case 'canceled':
    case 'finished':
      return { kind: 'rest' };
    case 'working':
      return { kind: 'watch', attempt: standing.attempt };
    case 'ended':
      return afterEnd(progress, standing, files);
    case 'broken':
      return afterBreak(progress, standing, leaf, files, now);
    case 'installed':
    case 'rebooting':
      return { kind: 'settle' };
    case 'restarted':
      return { kind: 'check-health' };
    case 'healthy':
      return conclude(progress);
    case 'unhealthy':
      return retreat(progress, standing.error, leaf, files, now);
  }
}

/** The commands of one try. Both ways back to a known state are the same: an exact set from kept files. */
export function commandsOf(stage: Stage, number: number, files: JobFiles): readonly PackageCommand[] {
  const { manager, forward, back } = files;
  switch (stage) {
    case 'install':
      return manager.installCommands(forward);
    case 'repair':
      return manager.repairCommands(forward, number > 1);
    case 'rollback':
      return number === 1 ? manager.installCommands(back) : manager.repairCommands(back, number > 2);
  }
}

export function unitName(job: string, stage: Stage, number: number, part: number): string {
  return `patchsteward-run-${job.replace('sha256:', '').slice(0, UNIT_DIGITS)}-${stage}-${number}-${part}`;
}

/** Enough of a job's hash to tell the jobs of one host apart. */
const UNIT_DIGITS = 16;

function afterEnd(
  progress: JobProgress,
  { attempt, exit }: { readonly attempt: Attempt; readonly exit: Exit },
  files: JobFiles,
): Step {
  const { stage, number, part } = attempt;
  return part + 1 < commandsOf(stage, number, files).length
    ? run(progress, stage, number, part + 1, files)
    : { kind: 'judge', attempt, exit };
}

function afterBreak(
  progress: JobProgress,
  { attempt, error }: { readonly attempt: Attempt; readonly error: ErrorSignature },
  leaf: Leaf,
  files: JobFiles,
  now: Instant,
): Step {
  const triesMax = progress.direction === 'forward' ? 1 + REPAIRS_MAX : ROLLBACKS_MAX;
  const exhausted = progress.tries >= triesMax || progress.begun >= BEGUN_MAX;
  if (exhausted) return retreat(progress, error, leaf, files, now);
  if (progress.direction === 'back') return run(progress, 'rollback', attempt.number + 1, 0, files);
  return run(progress, 'repair', attempt.stage === 'repair' ? attempt.number + 1 : 1, 0, files);
}

function run(progress: JobProgress, stage: Stage, number: number, part: number, files: JobFiles): Step {
  const command = commandsOf(stage, number, files)[part];
  if (command === undefined) throw new Error(`${stage} ${number} has no part ${part}.`);
  const unit = unitName(progress.armed.job, stage, number, part);
  return { kind: 'run', attempt: { stage, number, part, unit, command } };
}

/** Back to the former versions where that was signed, or to the end where it was not. // decided 30 */
function retreat(progress: JobProgress, error: ErrorSignature, leaf: Leaf, files: JobFiles, now: Instant): Step {
  if (progress.direction === 'back') return { kind: 'finish', phase: 'rollback-failed', error };
  return mayRollBack(progress, leaf, now)
    ? run(progress, 'rollback', 1, 0, files)
    : { kind: 'finish', phase: 'failed', error: progress.fault ?? error };
}

function mayRollBack({ armed, forwardEndedAt }: JobProgress, leaf: Leaf, now: Instant): boolean {
  if (armed.planKind === 'rollback' || leaf.rollback.kind !== 'downgrade' || leaf.rollbackGraceMs <= 0) return false;
  return forwardEndedAt !== null && now <= forwardEndedAt + leaf.rollbackGraceMs;
}

function conclude({ direction, fault }: JobProgress): Step {
  if (direction === 'forward') return { kind: 'finish', phase: 'succeeded' };
  return {
    kind: 'finish',
    phase: 'rolled-back',
    error: fault ?? { stage: 'health', package: null, cause: 'unknown' },
  };
}
