import { setTimeout as pause } from 'node:timers/promises';
import type { IsolationLevel } from 'kysely';
import type { Db, Tx } from './database.ts';
import { isRepeatable } from './database-failure.ts';

/** Two transactions that keep colliding five times are a bug in their order of locks, not bad luck. */
export const TRANSACTION_ATTEMPTS_MAX = 5;
const PAUSE_MS = 10;

/**
 * Runs `work` in one transaction, again after a deadlock or a serialization failure. It may therefore run several
 * times: it touches nothing but `tx`.
 */
export async function inTransaction<T>(
  db: Db,
  work: (tx: Tx) => Promise<T>,
  isolation: IsolationLevel = 'read committed',
): Promise<T> {
  return again(() => db.transaction().setIsolationLevel(isolation).execute(work));
}

/** One statement, which is a transaction by itself: three questions to the database less. Again after a deadlock, too. */
export async function inStatement<T>(work: () => Promise<T>): Promise<T> {
  return again(work);
}

async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === TRANSACTION_ATTEMPTS_MAX || !isRepeatable(error)) throw error;
    }
    // Jitter, so that two that collided do not collide again.
    await pause(PAUSE_MS * attempt * (1 + Math.random()));
  }
}
