import { problemOf } from '../platform/explained.ts';
import type { Surroundings } from '../platform/surroundings.ts';
import { isFinal, logFields } from './failure.ts';
import { backoffMs, pollMs } from './intervals.ts';
import type { Resident } from './resident.ts';

/** How a run ended: told to stop, done with its one check-in, that one failed, or not wanted by the server any more. */
export type RunEnd = 'stopped' | 'done' | 'failed' | 'refused';

export interface RunOptions {
  /** One check-in and out, for timers. */
  readonly once: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Checks in again and again until told to stop. Failures are logged and waited out; a final no ends the run. */
export async function runLoop(
  resident: Pick<Resident, 'checkIn' | 'remember'>,
  { once, signal }: RunOptions,
  surroundings: Surroundings,
): Promise<RunEnd> {
  const { random, log } = surroundings;
  let failures = 0;
  for (;;) {
    const outcome = await tryCheckIn(resident, surroundings, signal);
    if (outcome === 'stopped' || outcome === 'refused') return outcome;
    if (once) return outcome === 'failed' ? 'failed' : 'done';

    failures = outcome === 'failed' ? failures + 1 : 0;
    const waitMs = outcome === 'failed' ? backoffMs(failures, random()) : pollMs(outcome.nextPollMs, random());
    if (failures > 0) log('info', 'waiting', { failures, waitMs });
    if (!(await waited(waitMs, surroundings, signal))) return 'stopped';
  }
}

async function tryCheckIn(
  resident: Pick<Resident, 'checkIn' | 'remember'>,
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
