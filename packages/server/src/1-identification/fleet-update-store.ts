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

/** Some thousands of rows, grouped in milliseconds. */
function grouped(filter: UpdateGroupFilter) {
  const { scope, patterns } = filter;
  return sql`
    select fleet.source, array_agg(distinct fleet.scope order by fleet.scope) as scopes,
      array_agg(distinct fleet.source_version order by fleet.source_version) as versions,
      (array['security', 'feature', 'bugfix', 'unknown'])[
        min(array_position(array['security', 'feature', 'bugfix', 'unknown'], fleet.kind))] as kind,
      max(cardinality(fleet.fixes)) as fixes, max(fleet.known_exploited) as known_exploited,
      (array_agg(fleet.lane order by fleet.due,
        array_position(array['emergency', 'mitigation', 'critical', 'routine'], fleet.lane)))[1] as lane,
      min(fleet.due) as due, coalesce(max(counted.assets), 0) as assets
    from identification.fleet_update as fleet
    left join identification.fleet_update_source as counted
      on counted.source = fleet.source and counted.scope = ${scope}
    where ${scope === '' ? sql`true` : sql`fleet.scope = ${scope}`} and ${
      patterns === null
        ? sql`true`
        : sql`concat_ws(
            ' ', fleet.source, fleet.source_version, fleet.scope, array_to_string(fleet.packages, ' '),
            array_to_string(fleet.fixes, ' ')
          ) ilike all (${patterns}::text[])`
    }
    group by fleet.source
  `;
}

function passes(filter: UpdateGroupFilter) {
  return sql.join(
    [
      sql`true`,
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
    select * from (${grouped(filter)}) as grouped
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
    select count(*) from (${grouped(filter)}) as grouped where ${passes(filter)}
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

export async function listOfferedTo(
  reader: Reader,
  version: OfferedVersion,
  { after, limit }: { readonly after: readonly [name: string, id: string] | undefined; readonly limit: number },
): Promise<OfferedToRow[]> {
  const { rows } = await sql<OfferedToRow>`
    select asset.id, asset.name, asset.criticality, asset.environment, asset.owner, array(
        select version.version from identification.package_set_source as placed
        join identification.source_version as version on version.id = placed.source_version_id
        where placed.set_id = check_in.package_set_id and version.scope = ${version.scope}
          and version.source = ${version.source}
        order by version.version_key
      ) as installed
    from identification.asset join identification.check_in on check_in.asset_id = asset.id
    where ${isOffered(version)} and ${
      after === undefined ? sql`true` : sql`(asset.name collate "C", asset.id) > (${after[0]}, ${after[1]}::uuid)`
    }
    order by asset.name collate "C", asset.id limit ${limit}
  `.execute(reader);
  return rows;
}

export async function countOfferedTo(reader: Reader, version: OfferedVersion): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from identification.check_in where ${isOffered(version)}
  `.execute(reader);
  return rows[0]?.count ?? 0;
}

function isOffered({ scope, source, sourceVersion }: OfferedVersion) {
  return sql`check_in.offer_set_id in (
    select listed.set_id from identification.offer
    join identification.offer_set_offer as listed on listed.offer_id = offer.id
    where offer.scope = ${scope} and offer.source = ${source} and offer.source_version = ${sourceVersion}
  )`;
}
