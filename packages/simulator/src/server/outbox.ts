import type { Instant } from '@patchsteward/core/vocabulary';
import { type Changed, PROGRESS, type TimerChange, type Wish } from '@patchsteward/server/engine';
import type { OutboxRow, Tables } from '../store/tables.ts';
import type { Transaction } from '../store/transaction.ts';

/** Wishes, timers and entries of the record of a change, in its transaction. */
export function writeBeside(tx: Transaction, changed: Changed<unknown>, at: Instant): void {
  tx.leaves += changed.leaves?.length ?? 0;
  for (const timer of changed.timers ?? []) putTimer(tx, timer);
  for (const wish of changed.wishes ?? []) putWish(tx, wish, at);
}

function putTimer(tx: Transaction, { kind, subject, due }: TimerChange): void {
  const key = `${kind} ${subject}`;
  if (due === null) tx.remove(tx.tables.timers, key);
  else tx.put(tx.tables.timers, key, { kind, subject, due });
}

/** A repeated wish renews the row: whoever grants the old one now may have read before what it is about. */
function putWish(tx: Transaction, { kind, key, payload }: Wish, at: Instant): void {
  const name = `${kind} ${key}`;
  const before = tx.get(tx.tables.outbox, name);
  const generation = (before?.generation ?? 0) + 1;
  tx.put(tx.tables.outbox, name, { kind, key, payload, notBefore: at, attempts: 0, generation });
}

/** Timers that are due become wishes, in one statement. */
export function fireTimers(tx: Transaction, now: Instant): number {
  let fired = 0;
  for (const [name, { kind, subject, due }] of tx.tables.timers) {
    if (due > now || !tx.tryLock(`timer ${name}`)) continue;
    // Another server may have fired it since the list was read.
    if (tx.get(tx.tables.timers, name)?.due !== due) continue;
    tx.remove(tx.tables.timers, name);
    putWish(tx, { kind, key: subject, payload: null }, now);
    fired += 1;
  }
  return fired;
}

export function dueWishes({ outbox }: Tables, kinds: ReadonlySet<string>, now: Instant): string[] {
  const due: [string, OutboxRow][] = [];
  for (const entry of outbox) if (entry[1].notBefore <= now && kinds.has(entry[1].kind)) due.push(entry);
  return due.sort(([, one], [, other]) => one.notBefore - other.notBefore).map(([name]) => name);
}

/** When somebody should look again: the soonest of what is not due yet; at campaigns not before they may say anything new. */
export function nextDue({ outbox, timers }: Tables, kinds: ReadonlySet<string>, quietUntil: Instant): Instant {
  let next = Number.POSITIVE_INFINITY;
  for (const { notBefore, kind } of outbox.values()) if (kinds.has(kind)) next = Math.min(next, notBefore);
  for (const { kind, due } of timers.values())
    next = Math.min(next, kind === PROGRESS ? Math.max(due, quietUntil) : due);
  return next;
}
