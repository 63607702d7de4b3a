import { sql } from 'kysely';
import { z } from 'zod';
import { json, plainJson, timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';
import type { AssetDifferences } from './asset-change.ts';
import type { By } from './asset-perform.ts';
import type { Listed } from './import-decision.ts';
import type { KeptImport } from './import-store.ts';

/** A line of an import that did something, as taking it back needs it. */
export interface UndoLine {
  readonly line: number;
  readonly name: string;
  readonly outcome: 'added' | 'changed' | 'unchanged';
  readonly assetId: string;
  readonly entry: string;
  readonly changes: AssetDifferences;
  readonly byHandBefore: readonly string[];
  readonly versionAfter: number | null;
  readonly listedBefore: Listed | null;
}

const Differences = z.record(z.string(), z.object({ before: z.json(), after: z.json() })).nullable();

export async function readUndoLines(tx: Tx, importId: string): Promise<UndoLine[]> {
  const { rows } = await sql<UndoLine>`
    select distinct on (line.line) line.line, line.name, line.outcome, line.asset_id as "assetId", listing.entry, line.changes,
      coalesce(line.by_hand_before, '{}') as "byHandBefore", line.version_after as "versionAfter",
      line.listed_before as "listedBefore"
    from identification.asset_import_line as line
    join identification.asset_import as import on import.id = line.import_id
    join identification.asset_listing as listing on listing.source = import.source and listing.asset_id = line.asset_id
    where line.import_id = ${importId} and line.outcome <> 'refused'
    order by line.line, listing.entry
  `.execute(tx);
  return rows.map((row) => ({ ...row, changes: Differences.parse(row.changes) ?? {} }));
}

/** What one list said later stands on what it said before. */
export async function hasLaterImport(tx: Tx, { id, source, at }: KeptImport): Promise<boolean> {
  const { rows } = await sql<{ later: boolean }>`
    select exists (
      select from identification.asset_import
      where source = ${source} and undone_at is null and (at, id) > (${timestamp(at)}, ${id}::uuid)
    ) as later
  `.execute(tx);
  return rows[0]?.later === true;
}

/** What the list had said before, where it had named them. */
export async function giveBackListings(tx: Tx, source: string, lines: readonly UndoLine[]): Promise<void> {
  const rows = lines.flatMap(({ entry, listedBefore }) => (listedBefore === null ? [] : [{ entry, listedBefore }]));
  await sql`
    update identification.asset_listing as listing set listed = row."listedBefore"
    from jsonb_to_recordset(${json(plainJson(rows))}) as row (entry text, "listedBefore" jsonb)
    where listing.source = ${source} and listing.entry = row.entry
  `.execute(tx);
}

/** Where it had not named them, it has not: a corrected list adds them anew. */
export async function forgetListings(tx: Tx, source: string, lines: readonly UndoLine[]): Promise<void> {
  const entries = lines.flatMap(({ entry, listedBefore }) => (listedBefore === null ? [entry] : []));
  await sql`
    delete from identification.asset_listing where source = ${source} and entry = any(${entries}::text[])
  `.execute(tx);
}

export async function markUndone(tx: Tx, id: string, by: By): Promise<void> {
  await tx
    .updateTable('identification.asset_import')
    .set({ undone_at: timestamp(by.at), undone_by: by.actor })
    .where('id', '=', id)
    .execute();
}

export interface ImportRow extends KeptImport {
  readonly by: string;
}

export async function listImports(db: Reader, limit: number): Promise<ImportRow[]> {
  const { rows } = await sql<ImportRow>`
    select import.id, import.source, import.actor, import.at, import.request_hash as "requestHash", import.added,
      import.changed, import.unchanged, import.refused, import.undone_at as "undoneAt",
      coalesce(person.login, import.actor) as by
    from identification.asset_import as import
    left join access.person as person on 'person:' || person.id = import.actor
    order by import.at desc, import.id desc limit ${limit}
  `.execute(db);
  return rows;
}

export async function countImports(db: Reader): Promise<number> {
  const counted = db.selectFrom('identification.asset_import').select(({ fn }) => fn.countAll<number>().as('imports'));
  return (await counted.executeTakeFirstOrThrow()).imports;
}
