import type { Lifecycle } from '@patchsteward/core/1-identification';
import { sql } from 'kysely';
import type { Reader, Tx } from '../platform/database.ts';
import type { FeedRows } from './feeds-rows.ts';
import type { MergeCounts } from './feeds-store.ts';

/** What the loaded feeds say of a platform. */
export async function readLifecycles(reader: Reader, scope: string | null): Promise<Lifecycle[]> {
  if (scope === null) return [];
  const { rows } = await sql<Lifecycle>`
    select scope, phase, ends from identification.lifecycle where scope = ${scope}
  `.execute(reader);
  return rows;
}

/** Brings what a feed says of platforms to what it says now, and marks whose assessments rest on it. */
export async function mergeLifecycles(tx: Tx, feed: string, { rows, quarantined }: FeedRows): Promise<MergeCounts> {
  await sql`create temporary table staged (scope text, phase text, ends timestamptz) on commit drop`.execute(tx);
  for (const batch of rows) {
    await sql`insert into staged select * from json_populate_recordset(null::staged, ${batch}::json)`.execute(tx);
  }
  await sql`create temporary table merged (scope text) on commit drop`.execute(tx);
  // With records in quarantine the file is not complete: what is missing may be what could not be read.
  const removed = quarantined.length > 0 ? 0 : await removeAbsent(tx, feed);
  const { rows: written } = await sql<{ added: boolean }>`
    with written as (
      insert into identification.lifecycle as known (feed, scope, phase, ends)
      select ${feed}, scope, phase, ends from staged order by scope, phase
      on conflict (feed, scope, phase) do update set ends = excluded.ends where known.ends <> excluded.ends
      returning scope, xmax = 0 as added
    ), noted as (insert into merged select scope from written)
    select added from written
  `.execute(tx);
  await sql`
    update identification.package_set set count_needed = true
    where id in (
      select id from identification.package_set where scope in (select scope from merged) order by id for update
    )
  `.execute(tx);
  const added = written.filter((row) => row.added).length;
  return { added, updated: written.length - added, removed };
}

async function removeAbsent(tx: Tx, feed: string): Promise<number> {
  const result = await sql`
    with gone as (
      delete from identification.lifecycle as known where feed = ${feed}
        and not exists (select from staged where staged.scope = known.scope and staged.phase = known.phase)
      returning scope
    )
    insert into merged select scope from gone
  `.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}

export async function countLifecycles(tx: Tx, feed: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from identification.lifecycle where feed = ${feed}
  `.execute(tx);
  return rows[0]?.count ?? 0;
}
