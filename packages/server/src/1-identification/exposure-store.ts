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

/** The findings that a question is about, by source version. */
function foundOf({ vulnerabilities, advisory }: Subject) {
  return sql`
    found as materialized (
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
    )
  `;
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

export interface ExposedRow extends Pick<AssetFacts, 'criticality' | 'exposure'> {
  readonly asset_id: string;
  readonly name: string;
  readonly source_version_id: number;
  readonly source: string;
  readonly version: string;
  readonly packages: readonly string[];
  readonly vulnerabilities: readonly string[];
  readonly since: Instant;
  readonly advisory: string;
  readonly advisory_url: string | null;
  readonly fixed: string | null;
  readonly fix_offered: boolean;
  readonly why: string;
  readonly rank: number;
}

/** The last row of the page before. */
export type ExposedPlace = [rank: number, name: string, assetId: string, sourceVersionId: number];

/** The assets that have it: critical ones and those that can be reached from outside first. // checklist c5 c15 */
export async function listExposed(
  reader: Reader,
  subject: Subject,
  { after, limit }: { readonly after: ExposedPlace | undefined; readonly limit: number },
): Promise<ExposedRow[]> {
  const { rows } = await sql<ExposedRow>`
    with ${foundOf(subject)}
    select exposed.*, exists (
        select from identification.offer_set_offer as listed
        join identification.offer on offer.id = listed.offer_id
        where listed.set_id = exposed.offer_set_id and offer.scope = exposed.scope and offer.source = exposed.source
          and offer.version_key >= exposed.fixed_key
      ) as fix_offered
    from (
      select asset.id as asset_id, asset.name, asset.criticality, asset.exposure, check_in.offer_set_id,
        found.source_version_id, found.fixed, found.fixed_key, found.why, found.advisory, found.advisory_url,
        found.scope, found.source, found.version, found.vulnerabilities, placed.packages,
        greatest(found.known_since, asset.first_seen) as since,
        3 * array_position(array['critical', 'high', 'normal', 'low'], asset.criticality)
          + case asset.exposure when 'isolated' then 2 when 'internal' then 1 else 0 end as rank
      from found
      join identification.package_set_source as placed on placed.source_version_id = found.source_version_id
      join identification.check_in on check_in.package_set_id = placed.set_id
      join identification.asset on asset.id = check_in.asset_id
    ) as exposed
    where ${
      after === undefined
        ? sql`true`
        : sql`(rank, name, asset_id, source_version_id) > (${after[0]}::integer, ${after[1]}, ${after[2]}::uuid, ${after[3]}::integer)`
    }
    order by rank, name, asset_id, source_version_id limit ${limit}
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
}

/** Sets first: thousands of assets share some hundreds of them. */
export async function countByRelease(reader: Reader, subject: Subject): Promise<ExposedReleaseRow[]> {
  const { rows } = await sql<ExposedReleaseRow>`
    with ${foundOf(subject)}, used as materialized (
      select package_set_id as id, count(*) as assets from identification.check_in group by package_set_id
    ), having_it as materialized (
      select distinct placed.set_id from found
      join identification.package_set_source as placed on placed.source_version_id = found.source_version_id
    )
    select package_set.scope, min(package_set.release ->> 'prettyName') as name, sum(used.assets)::integer as assets,
      coalesce(sum(used.assets) filter (where having_it.set_id is not null), 0)::integer as affected,
      coalesce(sum(used.assets) filter (where package_set.judged_at is null), 0)::integer as not_judged
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

/** How many assets there are, and of how many nothing can be said. Sets first: assets share them. */
export async function countNotJudged(reader: Reader): Promise<AssetCounts> {
  const { rows } = await sql<{ assets: number; judged: number }>`
    select (select count(*) from identification.asset) as assets, coalesce(sum(used.assets), 0)::integer as judged
    from (
      select package_set_id, count(*) as assets from identification.check_in group by package_set_id
    ) as used
    join identification.package_set on package_set.id = used.package_set_id
    where package_set.judged_at is not null
  `.execute(reader);
  const { assets, judged } = rows[0] ?? { assets: 0, judged: 0 };
  return { assets, notJudged: assets - judged };
}
