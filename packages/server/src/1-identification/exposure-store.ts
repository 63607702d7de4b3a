import type { AssetFacts } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import type { Reader } from '../platform/database.ts';
import { type ClaimRow, claimColumns, claimOf } from './claim-row.ts';
import { type KnowledgeRow, knowledgeColumns } from './evidence-store.ts';

/** The kernel's vulnerabilities have a claim per release and branch; nothing has a hundred. */
const CLAIMS_MAX = 500;

export async function readClaimsAbout(reader: Reader, vulnerability: string) {
  const { rows } = await sql<ClaimRow>`
    select ${claimColumns} from identification.claim
    where vulnerability = ${vulnerability} and valid_to is null
    order by scope, package_name, advisory limit ${CLAIMS_MAX}
  `.execute(reader);
  return rows.map(claimOf);
}

export async function readKnowledge(reader: Reader, vulnerability: string): Promise<KnowledgeRow> {
  const { rows } = await sql<KnowledgeRow>`
    select ${knowledgeColumns}
    from (values (${vulnerability})) as asked (vulnerability)
    left join identification.known_exploited as known on known.vulnerability = asked.vulnerability
    left join identification.epss on epss.vulnerability = asked.vulnerability
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
  readonly advisory: string;
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
  vulnerability: string,
  { after, limit }: { readonly after: ExposedPlace | undefined; readonly limit: number },
): Promise<ExposedRow[]> {
  const { rows } = await sql<ExposedRow>`
    select exposed.*, advisory, fixed, why, exists (
        select from identification.offer_set_offer as listed
        join identification.offer on offer.id = listed.offer_id
        where listed.set_id = exposed.offer_set_id and offer.scope = exposed.scope and offer.source = exposed.source
          and offer.version_key >= exposed.fixed_key
      ) as fix_offered
    from (
      select asset.id as asset_id, asset.name, asset.criticality, asset.exposure, check_in.offer_set_id,
        finding.source_version_id, finding.fixed, finding.fixed_key, finding.why, claim.advisory,
        version.scope, version.source, version.version, placed.packages,
        3 * array_position(array['critical', 'high', 'normal', 'low'], asset.criticality)
          + case asset.exposure when 'isolated' then 2 when 'internal' then 1 else 0 end as rank
      from identification.finding
      join identification.claim on claim.id = finding.claim_id
      join identification.source_version as version on version.id = finding.source_version_id
      join identification.package_set_source as placed on placed.source_version_id = finding.source_version_id
      join identification.check_in on check_in.package_set_id = placed.set_id
      join identification.asset on asset.id = check_in.asset_id
      where finding.vulnerability = ${vulnerability} and finding.affected
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

export async function countExposed(reader: Reader, vulnerability: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from identification.check_in where package_set_id in (
      select placed.set_id from identification.finding
      join identification.package_set_source as placed on placed.source_version_id = finding.source_version_id
      where finding.vulnerability = ${vulnerability} and finding.affected
    )
  `.execute(reader);
  return rows[0]?.count ?? 0;
}

export interface AssetCounts {
  readonly assets: number;
  readonly notJudged: number;
}

/** How many assets there are, and of how many nothing can be said. */
export async function countNotJudged(reader: Reader): Promise<AssetCounts> {
  const { rows } = await sql<AssetCounts>`
    select count(*) as assets, count(*) filter (where package_set.judged_at is null) as "notJudged"
    from identification.asset
    left join identification.check_in on check_in.asset_id = asset.id
    left join identification.package_set on package_set.id = check_in.package_set_id
  `.execute(reader);
  return rows[0] ?? { assets: 0, notJudged: 0 };
}
