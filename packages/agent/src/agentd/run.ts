import { problemOf } from '../platform/explained.ts';
import type { Surroundings } from '../platform/surroundings.ts';
import { isFinal, logFields } from './failure.ts';
import { backoffMs, pollMs } from './intervals.ts';
import type { Next } from './job-agent.ts';
import type { Resident } from './resident.ts';

/** How a run ended: told to stop, done with its one check-in, that one failed, or not wanted by the server any more. */
export type RunEnd = 'stopped' | 'done' | 'failed' | 'refused';

export interface RunOptions {
  /** One check-in and out, for timers. */
  readonly once: boolean;
  readonly signal?: AbortSignal | undefined;
}

type Worker = Pick<Resident, 'checkIn' | 'remember' | 'work'>;

/** A work order that could not go on, be it for a broken line, is looked at again after this. */
const WORK_AGAIN_MS = 5_000;
/** For timers: a check-in that brings a work order sees it through, but waits for nobody longer than this. */
const ONCE_PATIENCE_MS = 10_000;

/** Checks in again and again until told to stop. Failures are logged and waited out; a final no ends the run. */
export async function runLoop(
  resident: Worker,
  { once, signal }: RunOptions,
  surroundings: Surroundings,
): Promise<RunEnd> {
  const { random, log } = surroundings;
  let failures = 0;
  for (;;) {
    const outcome = await tryCheckIn(resident, surroundings, signal);
    if (outcome === 'stopped' || outcome === 'refused') return outcome;
    if (once) return outcome === 'failed' ? 'failed' : finishWork(resident, surroundings, signal);

    failures = outcome === 'failed' ? failures + 1 : 0;
    const waitMs = outcome === 'failed' ? backoffMs(failures, random()) : pollMs(outcome.nextPollMs, random());
    if (failures > 0) log('info', 'waiting', { failures, waitMs });
    const waiting = await waitWorking(waitMs, resident, surroundings, signal);
    if (waiting !== 'due') return waiting;
  }
}

async function tryCheckIn(
  resident: Pick<Worker, 'checkIn' | 'remember'>,
  { log }: Surroundings,
  signal: AbortSignal | undefined,
): Promise<{ readonly nextPollMs: number } | 'failed' | 'refused' | 'stopped'> {
  try {
    return { nextPollMs: await resident.checkIn() };
  } catch (error) {
    if (signal?.aborted === true) return 'stopped';
    const problem = problemOf(error);
    if (problem === null) throw error;
    const final = isFinal(problem);
    log(final ? 'error' : 'warning', final ? 'agent-not-wanted' : 'check-in-failed', logFields(problem));
    await resident.remember(problem);
    return final ? 'refused' : 'failed';
  }
}

/** Until the next check-in is due a work order goes on; when one has ended, the server hears of it at once. */
async function waitWorking(
  ms: number,
  resident: Worker,
  surroundings: Surroundings,
  signal: AbortSignal | undefined,
): Promise<'due' | 'stopped' | 'refused'> {
  for (let leftMs = ms; ; ) {
    const next = await tryWork(resident, surroundings, signal);
    if (next === 'refused' || next === 'stopped') return next;
    if (next !== 'interrupted' && next.kind === 'check-in') return 'due';
    const sliceMs = Math.min(leftMs, pauseMs(next, leftMs));
    if (!(await waited(sliceMs, surroundings, signal))) return 'stopped';
    leftMs -= sliceMs;
    if (leftMs <= 0) return 'due';
  }
}

function pauseMs(next: Exclude<Next, { kind: 'check-in' }> | 'interrupted', leftMs: number): number {
  if (next === 'interrupted') return WORK_AGAIN_MS;
  return next.kind === 'rest' ? leftMs : next.afterMs;
}

async function finishWork(
  resident: Worker,
  surroundings: Surroundings,
  signal: AbortSignal | undefined,
): Promise<RunEnd> {
  for (;;) {
    const next = await tryWork(resident, surroundings, signal);
    if (next === 'refused' || next === 'stopped') return next;
    if (next === 'interrupted') return 'failed';
    if (next.kind !== 'again' || next.afterMs > ONCE_PATIENCE_MS) return 'done';
    if (!(await waited(next.afterMs, surroundings, signal))) return 'stopped';
  }
}

async function tryWork(
  resident: Pick<Worker, 'work' | 'remember'>,
  { log }: Surroundings,
  signal: AbortSignal | undefined,
): Promise<Next | 'refused' | 'stopped' | 'interrupted'> {
  try {
    return await resident.work();
  } catch (error) {
    if (signal?.aborted === true) return 'stopped';
    const problem = problemOf(error);
    if (problem === null) throw error;
    const final = isFinal(problem);
    log(final ? 'error' : 'warning', final ? 'agent-not-wanted' : 'work-interrupted', logFields(problem));
    if (final) await resident.remember(problem);
    return final ? 'refused' : 'interrupted';
  }
}

/** False when told to stop meanwhile. */
async function waited(ms: number, { wait }: Surroundings, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await wait(ms, signal);
    return signal?.aborted !== true;
  } catch (error) {
    if (signal?.aborted === true) return false;
    throw error;
  }
}
