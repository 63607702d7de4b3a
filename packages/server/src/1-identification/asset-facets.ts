import {
  ASSET_FACETS,
  type AssetFacet,
  type AssetFacetName,
  type AssetFacets,
  type AssetFilter,
  AssetSummary,
} from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import { type RawBuilder, sql } from 'kysely';
import type { Reader } from '../platform/database.ts';
import { conditionOf, FLEET_TABLES, IS_EXPLOITED, IS_JUDGED, isStale, NEEDS_REBOOT } from './asset-conditions.ts';

/** More than a person chooses from; of more values the rest is found by the search. */
const VALUES_MAX = 50;

/** How many assets there are of each kind within a filter: one look over what it leaves, and one for each own word. */
export async function readFacets(db: Reader, filter: AssetFilter, now: Instant): Promise<AssetFacets> {
  const filtered = ASSET_FACETS.filter((name) => filter[name] !== undefined);
  const others = ASSET_FACETS.filter((name) => !filtered.includes(name));
  const [rows, ...own] = await Promise.all([
    countValues(db, others, conditionOf(filter, now), now),
    ...filtered.map((name) => countValues(db, [name], conditionOf(filter, now, name), now)),
  ]);
  const counted = [...rows, ...own.flat().filter(({ facet }) => facet !== 'total')];
  return {
    total: rows.find(({ facet }) => facet === 'total')?.assets ?? 0,
    facets: ASSET_FACETS.map((name) => facetOf(name, counted)),
  };
}

interface Counted {
  readonly facet: string;
  readonly value: string | null;
  readonly assets: number;
}

function facetOf(name: AssetFacetName, counted: readonly Counted[]): AssetFacet {
  const values = counted.filter(({ facet }) => facet === name);
  return {
    name,
    values: values.slice(0, VALUES_MAX).map(({ value, assets }) => ({ value, assets })),
    more: values.length > VALUES_MAX,
  };
}

/** What an asset is asked for where there are few answers: all of them are counted in one pass. */
const CLOSED = {
  criticality: AssetSummary.shape.criticality.options,
  exposure: AssetSummary.shape.exposure.options,
  environment: AssetSummary.shape.environment.options,
  ring: ['yes', 'no'],
  stale: ['yes', 'no'],
  reboot: ['yes', 'no'],
  exploited: ['yes', 'no'],
  lane: ['emergency', 'critical', 'mitigation', 'routine', 'none'],
  judged: ['yes', 'no'],
} as const satisfies Partial<Record<AssetFacetName, readonly string[]>>;
type ClosedName = keyof typeof CLOSED;

function isClosed(name: AssetFacetName): name is ClosedName {
  return name in CLOSED;
}

/** What an asset counts under, as a column of `found`; a list counts under each of its words. */
function columnOf(name: AssetFacetName, now: Instant): RawBuilder<unknown> {
  switch (name) {
    case 'release':
      return sql`coalesce(package_set.scope, 'unknown')`;
    case 'criticality':
      return sql`asset.criticality`;
    case 'exposure':
      return sql`asset.exposure`;
    case 'environment':
      return sql`asset.environment`;
    case 'ring':
      return sql`asset.ring`;
    case 'owner':
      return sql`asset.owner`;
    case 'maintenanceGroup':
      return sql`asset.maintenance_group`;
    case 'redundancyGroup':
      return sql`asset.redundancy_groups`;
    case 'tag':
      return sql`asset.tags`;
    case 'stale':
      return isStale(now);
    case 'reboot':
      return NEEDS_REBOOT;
    case 'exploited':
      return IS_EXPLOITED;
    case 'lane':
      return sql`coalesce(assessment.lane, 'none')`;
    case 'judged':
      return sql`coalesce(${IS_JUDGED}, false)`;
  }
}

const LISTS: ReadonlySet<AssetFacetName> = new Set(['tag', 'redundancyGroup']);

/** One pass over the assets, one over what it found for all closed facets, and a short one for each other. */
async function countValues(
  db: Reader,
  names: readonly AssetFacetName[],
  condition: RawBuilder<boolean>,
  now: Instant,
): Promise<Counted[]> {
  const columns = names.map((name) => sql`${columnOf(name, now)} as ${sql.id(name)}`);
  const open = names.filter((name) => !isClosed(name));
  const { rows } = await sql<Counted>`
    with found as materialized (select ${sql.join([sql`asset.id`, ...columns])} from ${FLEET_TABLES} where ${condition})
    ${closedCounts(names.filter(isClosed))} ${sql.join(open.map(openCounts), sql` `)}
  `.execute(db);
  return rows;
}

/** One row of counts, turned into a row for each that is not zero. */
function closedCounts(names: readonly ClosedName[]): RawBuilder<unknown> {
  const asked = names.flatMap((name) => CLOSED[name].map((value) => ({ name, value })));
  const counts = asked.map(
    ({ name, value }, at) => sql`count(*) filter (where ${holds(name, value)}) as ${sql.id(`count_${at}`)}`,
  );
  const rows = asked.map(({ name, value }, at) => sql`(${sql.lit(name)}, ${sql.lit(value)}, ${sql.id(`count_${at}`)})`);
  return sql`(
    select facet, value, assets
    from (select ${sql.join([sql`count(*) as total`, ...counts])} from found) as counted
    cross join lateral (values ${sql.join([sql`('total', null, total)`, ...rows])}) as row (facet, value, assets)
    where assets > 0 order by facet, assets desc, value
  )`;
}

function holds(name: ClosedName, value: string): RawBuilder<boolean> {
  const column = sql.id('found', name);
  return value === 'yes' || value === 'no'
    ? sql<boolean>`${column} = ${sql.lit(value === 'yes')}`
    : sql<boolean>`${column} = ${sql.lit(value)}`;
}

function openCounts(name: AssetFacetName): RawBuilder<unknown> {
  const values = LISTS.has(name)
    ? sql`found left join lateral unnest(found.${sql.id(name)}) as word on true`
    : sql`(select ${sql.id(name)} as word from found) as found`;
  return sql`union all (
    select ${sql.lit(name)} as facet, word as value, count(*) as assets from ${values}
    group by word order by assets desc, value limit ${VALUES_MAX + 1}
  )`;
}
