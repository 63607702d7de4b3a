import type { ErrorSignature, JobReport } from '@patchsteward/core/job';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Attempt, JobRecord } from './job-record.ts';
import type { Exit } from './units.ts';

type Departed = Extract<JobRecord, { kind: 'departed' }>;
type Armed = Extract<JobRecord, { kind: 'armed' }>;
type Outage = Extract<JobRecord, { kind: 'outage' }>;

/** Where a job stands between two records. Before its departure nothing has changed on the host. */
type Standing =
  | { readonly kind: 'armed' }
  | { readonly kind: 'canceled' }
  /** A process was announced; its end is not on record. */
  | { readonly kind: 'working'; readonly attempt: Attempt; readonly exit: Exit | null }
  /** `exit` is the worst of the processes of this try. */
  | { readonly kind: 'ended'; readonly attempt: Attempt; readonly exit: Exit }
  | { readonly kind: 'broken'; readonly attempt: Attempt; readonly error: ErrorSignature }
  | { readonly kind: 'installed' }
  | { readonly kind: 'rebooting'; readonly bootId: string | null; readonly at: Instant }
  | { readonly kind: 'restarted' }
  | { readonly kind: 'healthy' }
  | { readonly kind: 'unhealthy'; readonly error: ErrorSignature }
  | { readonly kind: 'finished'; readonly report: JobReport };

/** The fold of a job's journal. */
export interface JobProgress {
  readonly armed: Armed;
  readonly departed: Departed | null;
  readonly standing: Standing;
  /** The last one that was begun. */
  readonly attempt: Attempt | null;
  readonly direction: 'forward' | 'back';
  /** Tries of the present direction that came to an end of their own, and all that were begun. */
  readonly tries: number;
  readonly begun: number;
  /** When the forward transaction last ended: the grace for a rollback counts from there. */
  readonly forwardEndedAt: Instant | null;
  /** The first thing that went wrong on the way forward: later ones follow from it. */
  readonly fault: ErrorSignature | null;
  /** When the host was last told to reboot. */
  readonly rebootedAt: Instant | null;
  readonly outages: readonly Outage[];
  /** What the last look at the host's health wanted and did not find. */
  readonly unmet: readonly string[];
  /** Every phase that was passed, each once in its place. */
  readonly trail: readonly JobReport[];
}

/** Null: there is no work order in this journal. */
export function progressOf(records: readonly JobRecord[]): JobProgress | null {
  let progress: JobProgress | null = null;
  for (const record of records) progress = after(progress, record);
  return progress;
}

export function after(progress: JobProgress | null, record: JobRecord): JobProgress | null {
  if (record.kind === 'armed') return armedAnew(record);
  return progress === null ? null : step(progress, record);
}

function armedAnew(armed: Armed): JobProgress {
  return {
    armed,
    departed: null,
    standing: { kind: 'armed' },
    attempt: null,
    direction: 'forward',
    tries: 0,
    begun: 0,
    forwardEndedAt: null,
    fault: null,
    rebootedAt: null,
    outages: [],
    unmet: [],
    trail: [],
  };
}

function step(progress: JobProgress, record: Exclude<JobRecord, Armed>): JobProgress {
  switch (record.kind) {
    case 'canceled':
      return { ...progress, standing: { kind: 'canceled' } };
    case 'departed':
      return { ...begin({ ...progress, departed: record }, record.attempt), trail: [{ phase: 'installing' }] };
    case 'attempt':
      return begin(progress, record.attempt);
    case 'ended':
      return end(progress, record);
    case 'judged':
      return judge(progress, record.error);
    case 'rebooting':
      return passing(
        { ...progress, standing: { kind: 'rebooting', bootId: record.bootId, at: record.at }, rebootedAt: record.at },
        'rebooting',
      );
    case 'restarted':
      return passing({ ...progress, standing: { kind: 'restarted' } }, 'health');
    case 'outage':
      return { ...progress, outages: [...progress.outages, record] };
    case 'checked':
      return check({ ...progress, unmet: record.unmet ?? [] }, record.error);
    case 'finished':
      return {
        ...progress,
        standing: { kind: 'finished', report: record.report },
        trail: [...progress.trail, record.report],
      };
  }
}

function begin(progress: JobProgress, attempt: Attempt): JobProgress {
  const { standing: before } = progress;
  const exit = attempt.part > 0 && before.kind === 'ended' ? before.exit : null;
  const working = { ...progress, attempt, standing: { kind: 'working', attempt, exit } as const };
  if (attempt.stage === 'rollback' && progress.direction === 'forward') {
    return passing({ ...working, direction: 'back', tries: 0, begun: 1 }, 'rolling-back');
  }
  return { ...working, begun: attempt.part === 0 ? progress.begun + 1 : progress.begun };
}

function end(progress: JobProgress, { lost, exit, at }: Extract<JobRecord, { kind: 'ended' }>): JobProgress {
  const { standing, direction } = progress;
  if (standing.kind !== 'working') return progress;
  const { attempt } = standing;
  return {
    ...progress,
    standing: { kind: 'ended', attempt, exit: worseOf(standing.exit, judged(exit, attempt)) },
    // A try that a power cut took away says nothing of the packages; it counts only among all that were begun.
    tries: attempt.part === 0 && !lost ? progress.tries + 1 : progress.tries,
    forwardEndedAt: direction === 'forward' ? at : progress.forwardEndedAt,
  };
}

/** Whether a command that may find nothing to do did what it should is seen in the packages. */
function judged(exit: Exit, { command }: Attempt): Exit {
  return command.mayFail === true && exit.kind === 'exited' ? { kind: 'exited', code: 0 } : exit;
}

function worseOf(before: Exit | null, exit: Exit): Exit {
  return before === null || isGood(before) ? exit : before;
}

function isGood(exit: Exit): boolean {
  return exit.kind === 'exited' && exit.code === 0;
}

/** After each try, and once more before the end: others work on the host as well. */
function judge(progress: JobProgress, error: ErrorSignature | null): JobProgress {
  const { attempt } = progress;
  const seen = passing(progress, 'verifying');
  if (error === null) return { ...seen, standing: { kind: 'installed' } };
  if (attempt === null) return seen;
  return { ...faulty(seen, error), standing: { kind: 'broken', attempt, error } };
}

function check(progress: JobProgress, error: ErrorSignature | null): JobProgress {
  if (error === null) return { ...progress, standing: { kind: 'healthy' } };
  return { ...faulty(progress, error), standing: { kind: 'unhealthy', error } };
}

function faulty(progress: JobProgress, error: ErrorSignature): JobProgress {
  return progress.direction === 'back' ? progress : { ...progress, fault: progress.fault ?? error };
}

/** Notes a phase once; while the host goes back it is on its way back, whatever it does there. */
function passing(progress: JobProgress, phase: 'verifying' | 'rebooting' | 'health' | 'rolling-back'): JobProgress {
  const silent = progress.direction === 'back' && phase !== 'rolling-back';
  if (silent || progress.trail.some((report) => report.phase === phase)) return progress;
  return { ...progress, trail: [...progress.trail, { phase }] };
}
