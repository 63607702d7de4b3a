import { type Instant, MINUTE_MS } from '@patchsteward/core/vocabulary';
import type { AtWork } from '../platform/at-work.ts';
import type { Changed, WishHandler } from '../platform/corridor.ts';
import type { Db, Tx } from '../platform/database.ts';
import { databaseFailureOf } from '../platform/database-failure.ts';
import { LOOK_MS } from '../platform/house-time.ts';
import type { Log } from '../platform/log.ts';
import { messageOf } from '../platform/system-error.ts';
import { inTransaction } from '../platform/transaction.ts';
import { type Committed, committedOf, type Mint, writeBeside } from './corridor.ts';
import { tryLock } from './locks.ts';
import { type Loop, startLoop } from './loop.ts';
import { findDueWishes, type OutboxRow, postponeWish, readDueWish, removeWish } from './store.ts';

/** Handlers at once in one server: each holds a connection, and requests need the rest. */
const HANDLERS_AT_ONCE = 2;
const BACKOFF_MS_MIN = 1_000;
/** A wish is never dropped; what fails for days is still tried this often, and its row says why it failed. */
const BACKOFF_MS_MAX = 10 * MINUTE_MS;

export interface OutboxOptions {
  readonly db: Db;
  readonly mint: Mint;
  readonly clock: () => Instant;
  readonly log: Log;
  readonly handlers: Readonly<Record<string, WishHandler>>;
  readonly announce: (committed: Committed) => void;
  /** How long it sleeps at most; without it, as everybody does. */
  readonly lookMs?: (() => number) | undefined;
  /** Counts the wishes in hand. */
  readonly atWork?: AtWork | undefined;
}

/** Grants due wishes. Any number of servers may do so on one database. */
export function startOutbox(options: OutboxOptions): Loop {
  return startLoop({
    name: 'the outbox',
    everyMs: options.lookMs ?? LOOK_MS,
    log: options.log,
    look: () => grantDue(options),
  });
}

/** One look: every wish that is due now is granted, postponed, or in the hands of another server. */
export async function grantDue(options: OutboxOptions): Promise<'more' | 'done'> {
  const due = await findDueWishes(options.db, Object.keys(options.handlers), options.clock());
  const waiting = due.values();
  const grantInTurn = async (): Promise<boolean> => {
    let granted = false;
    for (const id of waiting) granted = (await grant(options, id)) || granted;
    return granted;
  };
  const hands = await Promise.allSettled(Array.from({ length: HANDLERS_AT_ONCE }, grantInTurn));
  for (const hand of hands) if (hand.status === 'rejected') throw hand.reason;
  return hands.some((hand) => hand.status === 'fulfilled' && hand.value) ? 'more' : 'done';
}

async function grant(options: OutboxOptions, id: number): Promise<boolean> {
  const attempt: { wish?: OutboxRow } = {};
  const done = options.atWork?.begin();
  try {
    const changed = await inTransaction(options.db, (tx) => grantIn(tx, options, id, attempt));
    if (changed === undefined) return false;
    options.announce(committedOf(changed));
    changed.begin?.();
    return true;
  } catch (error) {
    // A wish is not to blame for a database that is gone; the loop pauses and looks again.
    if (attempt.wish === undefined || databaseFailureOf(error) !== undefined) throw error;
    await postpone(options, attempt.wish, error);
    return false;
  } finally {
    done?.();
  }
}

/**
 * The handler and the removal of its wish are one transaction. While it runs, an advisory lock keeps other servers
 * away, not a lock on the row: whoever wishes the same thing meanwhile renews the row and waits for nobody.
 */
async function grantIn(
  tx: Tx,
  { clock, handlers, mint }: OutboxOptions,
  id: number,
  attempt: { wish?: OutboxRow },
): Promise<Changed<void> | undefined> {
  if (!(await tryLock(tx, 'wish', id))) return undefined;
  const at = clock();
  const wish = await readDueWish(tx, id, at);
  const handler = wish === undefined ? undefined : handlers[wish.kind];
  if (wish === undefined || handler === undefined) return undefined;
  attempt.wish = wish;
  const changed = await handler({ key: wish.key, payload: wish.payload, at }, tx);
  await writeBeside(tx, mint, { actor: 'system', at }, changed);
  await removeWish(tx, wish);
  return changed;
}

async function postpone({ db, clock, log }: OutboxOptions, wish: OutboxRow, error: unknown): Promise<void> {
  const pauseMs = Math.min(BACKOFF_MS_MIN * 2 ** wish.attempts, BACKOFF_MS_MAX);
  const { kind, key, attempts } = wish;
  log.error({ err: error, kind, key, attempts: attempts + 1, retryMs: pauseMs }, 'a wish could not be granted');
  await postponeWish(db, wish, clock() + pauseMs, messageOf(error));
}
