import type { Instant } from '@patchsteward/core/vocabulary';
import type { Db } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import { type Loop, startLoop } from './loop.ts';
import { fireTimers } from './store.ts';

const LOOK_MS = 1_000;

/** A due timer becomes a wish: retries, order and exactly-once are the outbox's. */
export function startTimers(db: Db, clock: () => Instant, log: Log, onFired: () => void): Loop {
  const look = async (): Promise<'more' | 'done'> => {
    const fired = await fireTimers(db, clock());
    if (fired > 0) onFired();
    return fired > 0 ? 'more' : 'done';
  };
  return startLoop({ name: 'the timers', everyMs: LOOK_MS, log, look });
}
