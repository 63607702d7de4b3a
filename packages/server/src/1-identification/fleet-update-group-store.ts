import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

/** Columns that the key of a group does not have. */
const TOLD = sql`assets, scopes, versions, kind, fixes, known_exploited, lane, due, words`;

/**
 * Adds up what is offered, by source package: for each release, and for all of them (''). What each version is, and how
 * urgent, was counted before in the same transaction. Only rows that differ are written.
 */
export async function storeUpdateGroups(tx: Tx): Promise<void> {
  await sql`
    create temporary table grouped on commit drop as
    with used as materialized (
      select offer_set_id as set_id, count(*) as assets from identification.check_in group by offer_set_id
    ), offered as materialized (
      select distinct listed.set_id, offer.source, offer.scope
      from identification.offer_set_offer as listed join identification.offer on offer.id = listed.offer_id
      where listed.set_id in (select set_id from used)
    ), counted as (
      -- Releases share no offers, so that their assets add up.
      select source, scope, sum(assets)::integer as assets from offered join used using (set_id) group by source, scope
      union all
      select source, '', sum(assets)::integer from offered join used using (set_id) group by source
    ), placed as (
      select fleet.*, place from identification.fleet_update as fleet cross join unnest(array[fleet.scope, '']) as place
    )
    select placed.source, placed.place as scope, coalesce(max(counted.assets), 0) as assets,
      array_agg(distinct placed.scope order by placed.scope) as scopes,
      array_agg(distinct placed.source_version order by placed.source_version) as versions,
      (array['security', 'feature', 'bugfix', 'unknown'])[
        min(array_position(array['security', 'feature', 'bugfix', 'unknown'], placed.kind))] as kind,
      max(cardinality(placed.fixes)) as fixes, max(placed.known_exploited) as known_exploited,
      (array_agg(placed.lane order by placed.due,
        array_position(array['emergency', 'mitigation', 'critical', 'routine'], placed.lane)))[1] as lane,
      min(placed.due) as due, string_agg(placed.words, ' ' order by placed.scope, placed.source_version) as words
    from placed left join counted on counted.source = placed.source and counted.scope = placed.place
    group by placed.source, placed.place
  `.execute(tx);
  await sql`
    delete from identification.fleet_update_source as old where not exists (
      select from grouped where grouped.source = old.source and grouped.scope = old.scope
    )
  `.execute(tx);
  await sql`
    insert into identification.fleet_update_source as old (source, scope, ${TOLD}) select source, scope, ${TOLD} from grouped
    on conflict (source, scope) do update set
      assets = excluded.assets, scopes = excluded.scopes, versions = excluded.versions, kind = excluded.kind,
      fixes = excluded.fixes, known_exploited = excluded.known_exploited, lane = excluded.lane, due = excluded.due,
      words = excluded.words
    where old is distinct from excluded
  `.execute(tx);
  await sql`drop table grouped`.execute(tx);
}
