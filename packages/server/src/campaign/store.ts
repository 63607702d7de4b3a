import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { json, timestamp } from '../platform/column-types.ts';
import type { TimerChange, Wish } from '../platform/corridor.ts';
import type { Db, Reader, Tx } from '../platform/database.ts';

/** Wishes that one look takes; the next look is at once when there were more. */
const WISHES_PER_LOOK_MAX = 100;
/** Timers that fire together. */
const TIMERS_PER_LOOK_MAX = 500;
/** Enough of an error to know it again. */
const LAST_ERROR_CHARACTERS_MAX = 2_000;

export interface OutboxRow {
  readonly id: number;
  readonly kind: string;
  readonly key: string;
  readonly payload: Wish['payload'];
  readonly attempts: number;
  readonly generation: number;
}

/**
 * A repeated wish renews the row instead of being dropped: the handler that runs at this moment may have read before
 * what the wish is about. The generation tells it apart, and the row outlives that run.
 */
export async function putWishes(tx: Tx, wishes: readonly Wish[], at: Instant): Promise<void> {
  if (wishes.length === 0) return;
  await tx
    .insertInto('campaign.outbox')
    .values(
      inOrder(wishes, (wish) => wish.key).map((wish) => ({
        kind: wish.kind,
        key: wish.key,
        payload: json(wish.payload),
        created_at: timestamp(at),
        not_before: timestamp(at),
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['kind', 'key']).doUpdateSet((row) => ({
        payload: row.ref('excluded.payload'),
        not_before: row.ref('excluded.not_before'),
        attempts: 0,
        last_error: null,
        generation: sql<number>`outbox.generation + 1`,
      })),
    )
    .execute();
}

export async function putTimers(tx: Tx, timers: readonly TimerChange[]): Promise<void> {
  for (const { kind, subject, due } of inOrder(timers, (timer) => timer.subject)) {
    if (due === null) {
      await tx.deleteFrom('campaign.timer').where('kind', '=', kind).where('subject', '=', subject).execute();
    } else {
      await tx
        .insertInto('campaign.timer')
        .values({ kind, subject, due: timestamp(due) })
        .onConflict((conflict) => conflict.columns(['kind', 'subject']).doUpdateSet({ due: timestamp(due) }))
        .execute();
    }
  }
}

/** Timers that must exist: neither a running one is moved, nor one set whose wish is still being granted. */
export async function keepTimer(db: Db, kind: string, subject: string, due: Instant): Promise<void> {
  await sql`
    insert into campaign.timer (kind, subject, due)
    select ${kind}, ${subject}, ${timestamp(due)}
    where not exists (select from campaign.outbox where kind = ${kind} and key = ${subject})
    on conflict (kind, subject) do nothing
  `.execute(db);
}

/**
 * Turns due timers into wishes, in one statement: a timer fires once however many servers look, and a crash leaves
 * either the timer or the wish.
 */
export async function fireTimers(db: Db, now: Instant): Promise<number> {
  const result = await sql`
    with due as (
      select kind, subject from campaign.timer where due <= ${timestamp(now)}
      order by due limit ${TIMERS_PER_LOOK_MAX} for update skip locked
    ), fired as (
      delete from campaign.timer as timer using due
      where timer.kind = due.kind and timer.subject = due.subject
      returning timer.kind, timer.subject
    )
    insert into campaign.outbox (kind, key, payload, created_at, not_before)
    select kind, subject, 'null', ${timestamp(now)}, ${timestamp(now)} from fired order by kind, subject
    on conflict (kind, key) do update
    set not_before = excluded.not_before, attempts = 0, last_error = null, generation = outbox.generation + 1
  `.execute(db);
  return Number(result.numAffectedRows ?? 0n);
}

/** Wishes, also those that failed and are tried again later, and timers that are due. */
export async function isAnythingLeft(db: Reader, now: Instant): Promise<boolean> {
  const { rows } = await sql<{ left: boolean }>`
    select exists(select from campaign.outbox)
      or exists(select from campaign.timer where due <= ${timestamp(now)}) as left
  `.execute(db);
  return rows[0]?.left === true;
}

/** Ids of due wishes of these kinds, the longest waiting first. */
export async function findDueWishes(db: Reader, kinds: readonly string[], now: Instant): Promise<number[]> {
  const rows = await db
    .selectFrom('campaign.outbox')
    .select('id')
    .where('not_before', '<=', timestamp(now))
    .where('kind', '=', sql<string>`any(${kinds}::text[])`)
    .orderBy('not_before')
    .limit(WISHES_PER_LOOK_MAX)
    .execute();
  return rows.map((row) => row.id);
}

export async function readDueWish(tx: Tx, id: number, now: Instant): Promise<OutboxRow | undefined> {
  return tx
    .selectFrom('campaign.outbox')
    .select(['id', 'kind', 'key', 'payload', 'attempts', 'generation'])
    .where('id', '=', id)
    .where('not_before', '<=', timestamp(now))
    .executeTakeFirst();
}

/** Only the wish that was granted: one that was renewed meanwhile stays. */
export async function removeWish(tx: Tx, wish: OutboxRow): Promise<void> {
  await tx.deleteFrom('campaign.outbox').where('id', '=', wish.id).where('generation', '=', wish.generation).execute();
}

export async function postponeWish(db: Db, wish: OutboxRow, notBefore: Instant, problem: string): Promise<void> {
  await db
    .updateTable('campaign.outbox')
    .set({
      attempts: wish.attempts + 1,
      not_before: timestamp(notBefore),
      last_error: problem.slice(0, LAST_ERROR_CHARACTERS_MAX),
    })
    .where('id', '=', wish.id)
    .where('generation', '=', wish.generation)
    .execute();
}

/** Everybody takes these rows in the same order, so that no two transactions wait for each other. */
function inOrder<T extends { readonly kind: string }>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const last = new Map(items.map((item) => [`${item.kind} ${keyOf(item)}`, item]));
  return [...last.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, item]) => item);
}
