import { ASSET_SORTS, type AssetSort, InstantNumber } from '@patchsteward/contract';
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { timestamp } from '../platform/column-types.ts';
import { decodeCursor, encodeCursor } from '../platform/http/cursor.ts';
import { Refusal } from '../platform/http/refusal.ts';
import type { AssetSummaryRow } from './asset-list-store.ts';

/** Where a page ended: the sort, what the last asset was sorted by, its name and id. */
const Place = z.tuple([z.enum(ASSET_SORTS), z.int(), z.string(), z.uuid()]);
export type AssetPlace = z.infer<typeof Place>;

/** What is not due comes last, who never reported comes first: beyond every instant on its side. */
const NEVER = Number.MAX_SAFE_INTEGER;

/** What each order asks first; equals then go by name and id. Whole milliseconds, as instants are everywhere. */
const FIRST: Readonly<Record<AssetSort, RawBuilder<unknown>>> = {
  name: sql`0`,
  urgent: sql`coalesce(date_trunc('milliseconds', assessment.due), 'infinity')`,
  seen: sql`coalesce(date_trunc('milliseconds', check_in.seen_at), '-infinity')`,
  // Where nothing was counted there is no number.
  findings: sql`coalesce(-package_set.findings, 1)`,
};

export function firstIn(sort: AssetSort): RawBuilder<unknown> {
  return FIRST[sort];
}

/** The order of rows that have the columns first, name and id. */
export function orderOf(sort: AssetSort): RawBuilder<unknown> {
  const byName = sql`name collate "C", id`;
  return sort === 'name' ? byName : sql`first, ${byName}`;
}

export function afterPlace([sort, first, name, id]: AssetPlace): RawBuilder<boolean> {
  if (sort === 'name') return sql<boolean>`(name collate "C", id) > (${name}, ${id}::uuid)`;
  return sql<boolean>`(first, name collate "C", id) > (${columnValue(sort, first)}, ${name}, ${id}::uuid)`;
}

function columnValue(sort: Exclude<AssetSort, 'name'>, first: number): RawBuilder<unknown> {
  switch (sort) {
    case 'urgent':
      return first === NEVER ? sql`'infinity'::timestamptz` : timestamp(instantIn(first));
    case 'seen':
      return first === -NEVER ? sql`'-infinity'::timestamptz` : timestamp(instantIn(first));
    case 'findings':
      return sql`${first}::integer`;
  }
}

/** A cursor is a stranger's text: an instant in it may lie outside the calendar. */
function instantIn(first: number): number {
  const parsed = InstantNumber.safeParse(first);
  if (parsed.success) return parsed.data;
  throw new Refusal('bad-request', 'The cursor is not one that this server gave.');
}

export function cursorAfter(sort: AssetSort, row: AssetSummaryRow): string {
  return encodeCursor([sort, firstOf(sort, row), row.name, row.id]);
}

/** A place in one order is none in another. */
export function placeOf(cursor: string, sort: AssetSort): AssetPlace {
  const place = decodeCursor(cursor, Place);
  if (place[0] === sort) return place;
  throw new Refusal('bad-request', 'The cursor belongs to a list in another order.', {
    details: [{ path: 'query.cursor', problem: 'begin the list anew after changing its order' }],
  });
}

function firstOf(sort: AssetSort, row: AssetSummaryRow): number {
  switch (sort) {
    case 'name':
      return 0;
    case 'urgent':
      return row.due ?? NEVER;
    case 'seen':
      return row.seenAt ?? -NEVER;
    case 'findings':
      return row.findings === null ? 1 : -row.findings;
  }
}
