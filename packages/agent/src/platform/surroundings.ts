import { setTimeout as sleep } from 'node:timers/promises';
import { type Log, lineLog } from './log.ts';

/** Clock, dice, patience and voice of an agent; a test brings its own. */
export interface Surroundings {
  readonly now: () => number;
  /** From [0, 1). */
  readonly random: () => number;
  /** Rejects when the signal is given first. */
  readonly wait: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly log: Log;
}

export function thisProcess(): Surroundings {
  return {
    now: Date.now,
    random: Math.random,
    wait: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }),
    log: lineLog((line) => process.stderr.write(line), Date.now),
  };
}
