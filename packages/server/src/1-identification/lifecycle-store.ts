import { type Lifecycle, type SupportWord, supportOf, supportWord } from '@patchsteward/core/1-identification';
import type { Instant } from '@patchsteward/core/vocabulary';
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

/** What the loaded feeds say of all platforms: some hundred rows, without those of products. */
export async function readAllLifecycles(reader: Reader): Promise<Lifecycle[]> {
  const { rows } = await sql<Lifecycle>`
    select scope, phase, ends from identification.lifecycle where scope not like 'product:%'
  `.execute(reader);
  return rows;
}

/** How many assets stand on platforms, or are products, of each kind; what no source dates is `unknown`. */
export async function countSupport(
  reader: Reader,
  { now, warnMs }: { readonly now: Instant; readonly warnMs: number },
): Promise<Readonly<Record<SupportWord, number>>> {
  const { rows } = await sql<{ readonly assets: number; readonly lifecycles: readonly Lifecycle[] }>`
    select used.assets, coalesce((
      select json_agg(json_build_object('phase', phase, 'ends', floor(extract(epoch from ends) * 1000)::bigint))
      from identification.lifecycle where lifecycle.scope = used.scope
    ), '[]') as lifecycles
    from (
      select coalesce(package_set.scope, asset.support_scope) as scope, count(*)::integer as assets
      from identification.asset
      left join identification.check_in on check_in.asset_id = asset.id
      left join identification.package_set on package_set.id = check_in.package_set_id
      where asset.removed_at is null group by coalesce(package_set.scope, asset.support_scope)
    ) as used
  `.execute(reader);
  const counts = { supported: 0, ending: 0, ended: 0, extended: 0, unknown: 0 };
  for (const { assets, lifecycles } of rows) counts[supportWord(supportOf(lifecycles, warnMs, now))] += assets;
  return counts;
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
      select id from identification.package_set
      where scope in (select scope from merged) or id in (
        select check_in.package_set_id from identification.check_in
        join identification.asset on asset.id = check_in.asset_id
        where asset.support_scope in (select scope from merged)
      )
      order by id for update
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
    select (select count(*) from identification.lifecycle where feed = ${feed})::integer
      + (select count(*) from identification.package_support where feed = ${feed})::integer as count
  `.execute(tx);
  return rows[0]?.count ?? 0;
}
