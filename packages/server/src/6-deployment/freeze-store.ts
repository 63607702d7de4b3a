import { FreezeBody } from '@patchsteward/contract';
import type { Freeze } from '@patchsteward/core/plan';
import type { Instant } from '@patchsteward/core/vocabulary';
import { z } from 'zod';
import { json, plainJson, timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';

/** A calendar of freezes that holds, for its groups or for all. */
export interface FreezeCalendarRow {
  readonly id: string;
  readonly name: string;
  /** null: all groups. */
  readonly groups: readonly string[] | null;
  readonly freezes: readonly { readonly uid: string; readonly title: string; readonly freeze: Freeze }[];
  readonly knownUntil: Instant;
  readonly goesOn: boolean;
  readonly importedAt: Instant;
  readonly importedBy: string;
  readonly replaces: string | null;
}

/** Names of calendars; nobody keeps more apart. */
export const CALENDARS_MAX = 100;

const StoredFreezes = z.array(z.object({ uid: z.string(), title: z.string(), freeze: FreezeBody }));

/** Those that hold, by name. */
export async function readFreezeCalendars(db: Reader): Promise<FreezeCalendarRow[]> {
  const rows = await db
    .selectFrom('deployment.freeze_calendar')
    .selectAll()
    .where('ended_at', 'is', null)
    .orderBy('name')
    .limit(CALENDARS_MAX)
    .execute();
  return rows.map(rowOf);
}

export async function readFreezeCalendar(db: Reader, id: string): Promise<FreezeCalendarRow | undefined> {
  const row = await db.selectFrom('deployment.freeze_calendar').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : rowOf(row);
}

/** The one that holds under a name, until this transaction ends. */
export async function lockFreezeCalendar(tx: Tx, name: string): Promise<FreezeCalendarRow | undefined> {
  const row = await tx
    .selectFrom('deployment.freeze_calendar')
    .selectAll()
    .where('name', '=', name)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? undefined : rowOf(row);
}

interface StoredRow {
  readonly id: string;
  readonly name: string;
  readonly groups: readonly string[] | null;
  readonly freezes: unknown;
  readonly known_until: Instant;
  readonly goes_on: boolean;
  readonly imported_at: Instant;
  readonly imported_by: string;
  readonly replaces: string | null;
}

function rowOf(row: StoredRow): FreezeCalendarRow {
  return {
    ...{ id: row.id, name: row.name, groups: row.groups, replaces: row.replaces, goesOn: row.goes_on },
    freezes: StoredFreezes.parse(row.freezes).map(({ uid, title, freeze }) => ({
      uid,
      title,
      freeze: coreFreeze(freeze),
    })),
    knownUntil: row.known_until,
    importedAt: row.imported_at,
    importedBy: row.imported_by,
  };
}

function coreFreeze(freeze: FreezeBody): Freeze {
  if (freeze.kind === 'local') return freeze;
  return { kind: 'instants', from: Date.parse(freeze.from), until: Date.parse(freeze.until) };
}

export function freezeBody(freeze: Freeze): FreezeBody {
  if (freeze.kind === 'local') return { ...freeze };
  const [from, until] = [freeze.from, freeze.until].map((at) => new Date(at).toISOString());
  return { kind: 'instants', from: from ?? '', until: until ?? '' };
}

/** False: another one of this name was imported at the same moment. */
export async function insertFreezeCalendar(tx: Tx, row: FreezeCalendarRow): Promise<boolean> {
  const stored = row.freezes.map(({ uid, title, freeze }) => ({ uid, title, freeze: freezeBody(freeze) }));
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('deployment.freeze_calendar')
    .values({
      ...{ id: row.id, name: row.name, replaces: row.replaces, goes_on: row.goesOn, imported_by: row.importedBy },
      groups: row.groups === null ? null : [...row.groups],
      freezes: json(plainJson(stored)),
      known_until: timestamp(row.knownUntil),
      imported_at: timestamp(row.importedAt),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

export async function endFreezeCalendar(tx: Tx, id: string, at: Instant): Promise<void> {
  await tx
    .updateTable('deployment.freeze_calendar')
    .set({ ended_at: timestamp(at) })
    .where('id', '=', id)
    .execute();
}

export async function renewFreezeCalendar(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('deployment.freeze_calendar').set({ ended_at: null }).where('id', '=', id).execute();
}

/** What a group may not do, whatever its windows are. */
export function freezesOf(calendars: readonly FreezeCalendarRow[], group: string): Freeze[] {
  return calendars
    .filter(({ groups }) => groups === null || groups.includes(group))
    .flatMap(({ freezes }) => freezes.map(({ freeze }) => freeze));
}
