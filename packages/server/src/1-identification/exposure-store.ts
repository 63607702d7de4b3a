import type { AssetFacts, Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import type { Reader } from '../platform/database.ts';
import { type ClaimRow, claimColumns, claimOf } from './claim-row.ts';
import { type KnowledgeRow, knowledgeColumns, knowledgeTables } from './evidence-store.ts';

/** The kernel's vulnerabilities have a claim per release and branch; nothing has a hundred. */
const CLAIMS_MAX = 500;

/** What a question is about: vulnerabilities; or those that an advisory names, in the packages that it names. */
export interface Subject {
  readonly vulnerabilities: readonly string[];
  /** null: the question names a vulnerability. */
  readonly advisory: AdvisoryRow | null;
}

export interface AdvisoryRow {
  readonly feed: string;
  readonly id: string;
  readonly summary: string;
  readonly published: Instant | null;
  readonly url: string | null;
}

export async function findAdvisory(reader: Reader, id: string): Promise<AdvisoryRow | undefined> {
  const { rows } = await sql<AdvisoryRow>`
    select feed, id, summary, published, reference_urls[1] as url from identification.advisory
    where id = ${id} order by feed limit 1
  `.execute(reader);
  return rows[0];
}

export async function readClaimsAbout(reader: Reader, { vulnerabilities, advisory }: Subject) {
  const { rows } = await sql<ClaimRow>`
    select ${claimColumns} from identification.claim
    where valid_to is null and ${
      advisory === null
        ? sql`vulnerability = any(${vulnerabilities}::text[])`
        : sql`feed = ${advisory.feed} and advisory = ${advisory.id}`
    }
    order by scope, package_name, advisory, vulnerability limit ${CLAIMS_MAX}
  `.execute(reader);
  return rows.map(claimOf);
}

export async function readNamedBy(reader: Reader, { feed, id }: AdvisoryRow): Promise<string[]> {
  const { rows } = await sql<{ vulnerability: string }>`
    select distinct vulnerability from identification.claim
    where feed = ${feed} and advisory = ${id} and valid_to is null order by vulnerability
  `.execute(reader);
  return rows.map(({ vulnerability }) => vulnerability);
}

/** A source version that has something of what is asked about. */
export interface FoundRow {
  readonly source_version_id: number;
  readonly scope: string;
  readonly source: string;
  readonly version: string;
  readonly vulnerabilities: readonly string[];
  readonly fixed: string | null;
  readonly fixed_key: Buffer | null;
  readonly why: string;
  readonly advisory: string;
  readonly advisory_url: string | null;
  readonly known_since: Instant;
}

/**
 * The findings that a question is about, by source version. They are read before anything is asked of assets: with the
 * ids themselves in a query, the planner knows how many there are. // PostgreSQL §14.1
 */
export async function readFound(reader: Reader, { vulnerabilities, advisory }: Subject): Promise<FoundRow[]> {
  const { rows } = await sql<FoundRow>`
    select finding.source_version_id, version.scope, version.source, version.version,
      array_agg(finding.vulnerability order by finding.vulnerability) as vulnerabilities,
      (array_agg(finding.fixed order by finding.fixed_key desc nulls first))[1] as fixed,
      (array_agg(finding.fixed_key order by finding.fixed_key desc nulls first))[1] as fixed_key,
      (array_agg(finding.why order by finding.fixed_key desc nulls first))[1] as why,
      (array_agg(claim.advisory order by finding.fixed_key desc nulls first))[1] as advisory,
      (array_agg(advisory.reference_urls[1] order by finding.fixed_key desc nulls first))[1] as advisory_url,
      min(advisory.first_seen) as known_since
    from identification.finding
    join identification.source_version as version on version.id = finding.source_version_id
    join identification.claim on claim.id = finding.claim_id
    join identification.advisory on advisory.feed = claim.feed and advisory.id = claim.advisory
    where finding.affected and finding.vulnerability = any(${vulnerabilities}::text[]) and ${
      advisory === null
        ? sql`true`
        : sql`exists (
            select from identification.claim as named
            where named.feed = ${advisory.feed} and named.advisory = ${advisory.id} and named.valid_to is null
              and named.scope = version.scope and named.package_name = version.source
              and named.vulnerability = finding.vulnerability
          )`
    }
    group by finding.source_version_id, version.scope, version.source, version.version
  `.execute(reader);
  return rows;
}

export async function readKnowledge(reader: Reader, vulnerability: string): Promise<KnowledgeRow> {
  const { rows } = await sql<KnowledgeRow>`
    select ${knowledgeColumns}
    from (values (${vulnerability})) as asked (vulnerability)
    ${knowledgeTables('asked.vulnerability')}
  `.execute(reader);
  const row = rows[0];
  if (row === undefined) throw new TypeError('a row of values is always there');
  return row;
}

export interface ExposedRow extends Pick<AssetFacts, 'criticality' | 'exposure' | 'firstSeen'> {
  readonly asset_id: string;
  readonly name: string;
  readonly source_version_id: number;
  readonly packages: readonly string[];
  readonly fix_offered: boolean;
  readonly rank: number;
}

/** The last row of the page before. */
export type ExposedPlace = [rank: number, name: string, assetId: string, sourceVersionId: number];

/** What is affected, as far as it was read before. */
interface Exposed {
  readonly found: readonly FoundRow[];
  /** Package sets that have any of it. */
  readonly sets: readonly number[];
}

/** As the index asset_by_rank has it. */
const RANK = sql`
  3 * array_position(array['critical', 'high', 'normal', 'low'], asset.criticality)
    + case asset.exposure when 'isolated' then 2 when 'internal' then 1 else 0 end
`;

/**
 * The assets that have it: critical ones and those that can be reached from outside first. Each of them has a row at
 * least, so that a page is in as many of them as it has rows, and one: that of the last row before may be done.
 * // checklist c5 c15
 */
export async function listExposed(
  reader: Reader,
  { found, sets }: Exposed,
  { after, limit }: { readonly after: ExposedPlace | undefined; readonly limit: number },
): Promise<ExposedRow[]> {
  const ids = found.map((row) => row.source_version_id);
  const { rows } = await sql<ExposedRow>`
    with near as materialized (
      select asset.id, asset.name, asset.criticality, asset.exposure, asset.first_seen, check_in.package_set_id,
        check_in.offer_set_id, ${RANK} as rank
      from identification.asset join identification.check_in on check_in.asset_id = asset.id
      where check_in.package_set_id = any(${sets}::integer[]) and ${
        after === undefined
          ? sql`true`
          : sql`(${RANK}, asset.name, asset.id) >= (${after[0]}::integer, ${after[1]}, ${after[2]}::uuid)`
      }
      order by ${RANK}, asset.name, asset.id limit ${limit + 1}
    ), shown as materialized (
      select near.*, placed.source_version_id, placed.packages
      from near
      join identification.package_set_source as placed
        on placed.set_id = near.package_set_id and placed.source_version_id = any(${ids}::integer[])
      where ${
        after === undefined
          ? sql`true`
          : sql`(near.rank, near.name, near.id, placed.source_version_id)
              > (${after[0]}::integer, ${after[1]}, ${after[2]}::uuid, ${after[3]}::integer)`
      }
      order by near.rank, near.name, near.id, placed.source_version_id limit ${limit}
    )
    select shown.id as asset_id, shown.name, shown.criticality, shown.exposure, shown.first_seen as "firstSeen",
      shown.source_version_id, shown.packages, shown.rank, exists (
        select from identification.offer_set_offer as listed
        join identification.offer on offer.id = listed.offer_id
        where listed.set_id = shown.offer_set_id and offer.scope = version.scope and offer.source = version.source
          and offer.version_key >= ended.fixed_key
      ) as fix_offered
    from shown
    join identification.source_version as version on version.id = shown.source_version_id
    join unnest(${ids}::integer[], ${found.map((row) => row.fixed_key)}::bytea[]) as ended (id, fixed_key)
      on ended.id = shown.source_version_id
    order by shown.rank, shown.name, shown.id, shown.source_version_id
  `.execute(reader);
  return rows;
}

/** The assets of one release, as far as they have reported. */
export interface ExposedReleaseRow {
  readonly scope: string | null;
  readonly name: string;
  readonly assets: number;
  readonly affected: number;
  readonly not_judged: number;
  /** Package sets with any of it. */
  readonly sets: readonly number[];
}

/** Sets first: thousands of assets share some hundreds of them. */
export async function countByRelease(reader: Reader, found: readonly FoundRow[]): Promise<ExposedReleaseRow[]> {
  const { rows } = await sql<ExposedReleaseRow>`
    with used as materialized (
      select package_set_id as id, count(*) as assets from identification.check_in group by package_set_id
    ), having_it as materialized (
      select distinct set_id from identification.package_set_source
      where source_version_id = any(${found.map((row) => row.source_version_id)}::integer[])
    )
    select package_set.scope, min(package_set.release ->> 'prettyName') as name, sum(used.assets)::integer as assets,
      coalesce(sum(used.assets) filter (where having_it.set_id is not null), 0)::integer as affected,
      coalesce(sum(used.assets) filter (where package_set.judged_at is null), 0)::integer as not_judged,
      coalesce(array_agg(used.id) filter (where having_it.set_id is not null), '{}') as sets
    from used
    join identification.package_set on package_set.id = used.id
    left join having_it on having_it.set_id = used.id
    group by package_set.scope
    order by affected desc, package_set.scope
  `.execute(reader);
  return rows;
}

export interface AssetCounts {
  readonly assets: number;
  readonly notJudged: number;
}

export async function countAllAssets(reader: Reader): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) from identification.asset`.execute(reader);
  return rows[0]?.count ?? 0;
}

/** How many assets there are, and of how many nothing can be said. What is not judged is rare: that alone is looked up. */
export async function countNotJudged(reader: Reader): Promise<AssetCounts> {
  const { rows } = await sql<{ assets: number; reported: number; unjudged: number }>`
    select (select count(*) from identification.asset) as assets,
      (select count(*) from identification.check_in) as reported,
      (
        select count(*) from identification.check_in
        where package_set_id in (select id from identification.package_set where judged_at is null)
      ) as unjudged
  `.execute(reader);
  const { assets, reported, unjudged } = rows[0] ?? { assets: 0, reported: 0, unjudged: 0 };
  return { assets, notJudged: assets - reported + unjudged };
}
