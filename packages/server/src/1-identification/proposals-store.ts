import type { AssetFacts, Environment, Instant, Lane, ReasonCode } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import type { Reader } from '../platform/database.ts';
import { claimColumns } from './claim-row.ts';
import { knowledgeColumns, knowledgeTables, type SetFindingRow } from './evidence-store.ts';
import { patternsOf } from './memory-page.ts';
import type { DatedOffer } from './plain-offer.ts';

/** The newest version that is offered of one source package on one release, and that no open campaign has. */
export interface ProposedRow extends DatedOffer {
  readonly scope: string;
  readonly packages: readonly string[];
}

/** The same as it was when the fleet was counted, with how urgent it was on its assets. */
export interface ListedProposalRow {
  readonly scope: string;
  readonly source: string;
  readonly source_version: string;
  readonly kind: DatedOffer['kind'];
  readonly packages: readonly string[];
  readonly fixes: readonly string[];
  readonly known_exploited: number;
  readonly assets: number;
  readonly test_assets: number;
  readonly lane: Lane;
  readonly released_at: Instant;
  readonly first_seen: Instant;
  readonly due: Instant;
  readonly why: string;
  readonly reasons: readonly { readonly code: ReasonCode; readonly subject: string; readonly by: string | null }[];
}

/** The last row of the page before: security first, then what fixes most of what is exploited, and so on. */
export type ProposedPlace = [
  notSecurity: boolean,
  exploited: number,
  fixes: number,
  assets: number,
  source: string,
  scope: string,
];

const PLACE = sql`
  (kind <> 'security'), (-known_exploited), (-cardinality(fixes)), (-assets), source, scope
`;

/** Updates that an open campaign has are not proposed: that of an older version is superseded by its own rules. */
const ADOPTABLE = sql`
  not exists (
    select from campaign.open_update as open where open.scope = proposal.scope and open.source = proposal.source
  )
`;

export async function listProposed(
  reader: Reader,
  query: { readonly search: string | undefined; readonly after: ProposedPlace | undefined; readonly limit: number },
): Promise<ListedProposalRow[]> {
  const { search, after, limit } = query;
  const { rows } = await sql<ListedProposalRow>`
    select scope, source, source_version, kind, packages, fixes, known_exploited, assets, test_assets, lane, released_at,
      first_seen, due, why, reasons
    from identification.fleet_proposal as proposal
    where ${ADOPTABLE} and ${matches(search)} and ${
      after === undefined
        ? sql`true`
        : sql`(${PLACE}) > (${after[0]}::boolean, ${after[1]}::integer, ${after[2]}::integer, ${after[3]}::integer,
            ${after[4]}, ${after[5]})`
    }
    order by ${PLACE} limit ${limit}
  `.execute(reader);
  return rows;
}

export async function countProposed(reader: Reader, search: string | undefined): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from identification.fleet_proposal as proposal where ${ADOPTABLE} and ${matches(search)}
  `.execute(reader);
  return rows[0]?.count ?? 0;
}

export async function readProposed(reader: Reader, scope: string, source: string): Promise<ProposedRow | undefined> {
  const { rows } = await sql<ProposedRow>`
    select proposal.scope, proposal.source, proposal.source_version, proposal.kind, proposal.packages, offer.first_seen,
      listed.index_date
    from identification.fleet_proposal as proposal
    join identification.offer using (scope, source, source_version)
    left join identification.first_listed as listed using (scope, source, source_version)
    where ${ADOPTABLE} and proposal.scope = ${scope} and proposal.source = ${source}
  `.execute(reader);
  return rows[0];
}

function matches(search: string | undefined) {
  return search === undefined ? sql`true` : sql`words like all (${patternsOf(search)}::text[])`;
}

/** An asset to which exactly this version is offered. */
export interface OfferedAssetRow extends AssetFacts {
  readonly id: string;
  readonly name: string;
  readonly environment: Environment;
  readonly owner: string | null;
  readonly packageSetId: number;
  readonly updatesHash: string;
  /** The source version of the kernel that runs; null: not known. */
  readonly runningSource: number | null;
  readonly sharesKernel: boolean;
  /** The kernel that runs is installed no more. */
  readonly kernelLingers: boolean;
}

type OfferedVersion = Pick<ProposedRow, 'scope' | 'source' | 'source_version'>;

/** The most critical first. // checklist c15 */
export async function listOfferedAssets(reader: Reader, version: OfferedVersion): Promise<OfferedAssetRow[]> {
  const { rows } = await sql<OfferedAssetRow>`
    select asset.id, asset.name, asset.criticality, asset.exposure, asset.environment, asset.owner,
      asset.first_seen as "firstSeen", check_in.package_set_id as "packageSetId", check_in.updates_hash as "updatesHash",
      check_in.running_source_version_id as "runningSource", check_in.shares_kernel as "sharesKernel",
      coalesce(check_in.lingering
        @> jsonb_build_array(jsonb_build_object('version', check_in.running_source_version_id)), false) as "kernelLingers"
    from identification.offer
    join identification.offer_set_offer as listed on listed.offer_id = offer.id
    join identification.check_in on check_in.offer_set_id = listed.set_id
    join identification.asset on asset.id = check_in.asset_id
    where offer.scope = ${version.scope} and offer.source = ${version.source}
      and offer.source_version = ${version.source_version}
    order by array_position(array['critical', 'high', 'normal', 'low'], asset.criticality), asset.name, asset.id
  `.execute(reader);
  return rows;
}

/** What the offered version ends, by the package sets that have it, with the packages there. */
export interface EndedFindingRow extends SetFindingRow {
  readonly source_version_id: number;
  readonly placed: readonly (readonly [setId: number, packages: readonly string[]])[];
}

export async function readEndedFindings(reader: Reader, version: OfferedVersion): Promise<EndedFindingRow[]> {
  const { rows } = await sql<EndedFindingRow>`
    select version.id as source_version_id, placed.placed, version.source, version.version, finding.affected, finding.status as judged_status,
      finding.fixed, finding.why, finding.losing, finding.released_at, finding.released_precision, ${claimColumns},
      finding.told_at as advisory_seen, advisory.reference_urls[1] as advisory_url,
      -- The first signed index that lists the fix lists it, or a later version.
      (
        select min(listed.index_date) from identification.first_listed as listed
        join identification.offer as other using (scope, source, source_version)
        where listed.scope = version.scope and listed.source = version.source
          and other.version_key >= finding.fixed_key
      ) as index_date,
      ${knowledgeColumns}
    from identification.offer
    join identification.source_version as version on version.scope = offer.scope and version.source = offer.source
    join lateral (
      select json_agg(json_build_array(source.set_id, source.packages)) as placed
      from identification.package_set_source as source
      where source.source_version_id = version.id
        and exists (select from identification.check_in where check_in.package_set_id = source.set_id)
    ) as placed on placed.placed is not null
    join identification.finding on finding.source_version_id = version.id
    join identification.claim on claim.id = finding.claim_id
    join identification.advisory on advisory.feed = claim.feed and advisory.id = claim.advisory
    ${knowledgeTables('finding.vulnerability')}
    where offer.scope = ${version.scope} and offer.source = ${version.source}
      and offer.source_version = ${version.source_version}
      and not version.third_party and finding.affected
      and finding.fixed_key <= offer.version_key and version.version_key < offer.version_key
  `.execute(reader);
  return rows;
}
