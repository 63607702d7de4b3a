import type { Criticality, Environment, Instant, Lane } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { timestamp } from '../platform/column-types.ts';
import type { Reader } from '../platform/database.ts';

/** Everything that is offered of one source package. */
export interface UpdateGroupRow {
  readonly source: string;
  readonly scopes: readonly string[];
  readonly versions: readonly string[];
  readonly assets: number;
  readonly kind: 'security' | 'bugfix' | 'feature' | 'unknown';
  readonly fixes: number;
  readonly known_exploited: number;
  readonly lane: Lane | null;
  readonly due: Instant | null;
}

export interface UpdateGroupFilter {
  /** '': any. */
  readonly scope: string;
  readonly patterns: readonly string[] | null;
  readonly kind: string | null;
  readonly lane: string | null;
  readonly exploited: boolean;
  /** Due before it. */
  readonly lateAt: Instant | null;
}

/** The last row of the page before; without a due time it stands at the end. */
export type UpdateGroupPlace = [due: Instant | null, assets: number, source: string];

/** Every word of a search stands somewhere in what is offered of the package. */
function passes(filter: UpdateGroupFilter) {
  return sql.join(
    [
      sql`scope = ${filter.scope}`,
      ...(filter.patterns === null ? [] : [sql`words like all (${filter.patterns}::text[])`]),
      ...(filter.kind === null ? [] : [sql`kind = ${filter.kind}`]),
      ...(filter.lane === null ? [] : [sql`lane = ${filter.lane}`]),
      ...(filter.exploited ? [sql`known_exploited > 0`] : []),
      ...(filter.lateAt === null ? [] : [sql`due < ${timestamp(filter.lateAt)}`]),
    ],
    sql` and `,
  );
}

export async function listUpdateGroups(
  reader: Reader,
  filter: UpdateGroupFilter,
  { after, limit }: { readonly after: UpdateGroupPlace | undefined; readonly limit: number },
): Promise<UpdateGroupRow[]> {
  const { rows } = await sql<UpdateGroupRow>`
    select source, scopes, versions, assets, kind, fixes, known_exploited, lane, due
    from identification.fleet_update_source
    where ${passes(filter)} and ${after === undefined ? sql`true` : afterPlace(after)}
    order by coalesce(due, 'infinity'), (-assets), source limit ${limit}
  `.execute(reader);
  return rows;
}

function afterPlace([due, assets, source]: UpdateGroupPlace) {
  const at = due === null ? sql`'infinity'::timestamptz` : timestamp(due);
  return sql`(coalesce(due, 'infinity'), (-assets), source) > (${at}, ${assets}::integer, ${source})`;
}

export async function countUpdateGroups(reader: Reader, filter: UpdateGroupFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from identification.fleet_update_source where ${passes(filter)}
  `.execute(reader);
  return rows[0]?.count ?? 0;
}

export interface OfferedVersion {
  readonly scope: string;
  readonly source: string;
  readonly sourceVersion: string;
}

export interface OfferedToRow {
  readonly id: string;
  readonly name: string;
  readonly criticality: Criticality;
  readonly environment: Environment;
  readonly owner: string | null;
  readonly installed: readonly string[];
}

/** Who shares which offers is read first: with the ids themselves in a query, the planner knows how many there are. */
export async function readOfferSets(
  reader: Reader,
  { scope, source, sourceVersion }: OfferedVersion,
): Promise<{ readonly sets: readonly number[]; readonly assets: number }> {
  const { rows } = await sql<{ sets: number[]; assets: number }>`
    with offering as materialized (
      select listed.set_id from identification.offer
      join identification.offer_set_offer as listed on listed.offer_id = offer.id
      where offer.scope = ${scope} and offer.source = ${source} and offer.source_version = ${sourceVersion}
    )
    select coalesce(array_agg(offering.set_id), '{}') as sets, coalesce(sum(used.assets), 0)::integer as assets
    from offering cross join lateral (
      select count(*) as assets from identification.check_in where check_in.offer_set_id = offering.set_id
    ) as used
  `.execute(reader);
  return rows[0] ?? { sets: [], assets: 0 };
}

export async function listOfferedTo(
  reader: Reader,
  { scope, source, sets }: Pick<OfferedVersion, 'scope' | 'source'> & { readonly sets: readonly number[] },
  { after, limit }: { readonly after: readonly [name: string, id: string] | undefined; readonly limit: number },
): Promise<OfferedToRow[]> {
  const { rows } = await sql<OfferedToRow>`
    with shown as materialized (
      select asset.id, asset.name, asset.criticality, asset.environment, asset.owner, check_in.package_set_id
      from identification.asset join identification.check_in on check_in.asset_id = asset.id
      where check_in.offer_set_id = any(${sets}::integer[]) and ${
        after === undefined ? sql`true` : sql`(asset.name collate "C", asset.id) > (${after[0]}, ${after[1]}::uuid)`
      }
      order by asset.name collate "C", asset.id limit ${limit}
    ), held as materialized (
      select placed.set_id, array_agg(version.version order by version.version_key) as installed
      from identification.source_version as version
      join identification.package_set_source as placed on placed.source_version_id = version.id
      where version.scope = ${scope} and version.source = ${source}
        and placed.set_id in (select package_set_id from shown)
      group by placed.set_id
    )
    select shown.id, shown.name, shown.criticality, shown.environment, shown.owner,
      coalesce(held.installed, '{}') as installed
    from shown left join held on held.set_id = shown.package_set_id
    order by shown.name collate "C", shown.id
  `.execute(reader);
  return rows;
}
