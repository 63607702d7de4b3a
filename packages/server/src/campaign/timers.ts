import type { Instant } from '@patchsteward/core/vocabulary';
import type { Db } from '../platform/database.ts';
import { LOOK_MS } from '../platform/house-time.ts';
import type { Log } from '../platform/log.ts';
import { type Loop, startLoop } from './loop.ts';
import { fireTimers } from './store.ts';

/** A due timer becomes a wish: retries, order and exactly-once are the outbox's. */
export function startTimers(
  db: Db,
  clock: () => Instant,
  log: Log,
  onFired: () => void,
  lookMs: () => number = () => LOOK_MS,
): Loop {
  const look = async (): Promise<'more' | 'done'> => {
    const fired = await fireTimers(db, clock());
    if (fired > 0) onFired();
    return fired > 0 ? 'more' : 'done';
  };
  return startLoop({ name: 'the timers', everyMs: lookMs, log, look });
}
