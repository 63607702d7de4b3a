import type { ClaimStatus, Lingering, LossCause } from '@patchsteward/core/1-identification';
import type { Counting, SaidSeverity, SsvcPoint } from '@patchsteward/core/2-evaluation';
import type { AssetFacts, Instant } from '@patchsteward/core/vocabulary';
import { type RawBuilder, sql } from 'kysely';
import type { Reader } from '../platform/database.ts';
import { type SourceRow, sourceColumns } from './advisory-sources.ts';
import type { BelievedBy } from './believing.ts';
import { type ClaimRow, claimColumns, claimOf, type StoredClaim } from './claim-row.ts';
import type { Listing } from './held-store.ts';

/** An asset, what it reported last, and how far that was judged. */
export interface ReportedAsset extends AssetFacts {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly maintenanceGroup: string | null;
  /** Of what has no agent: the release that its product is; null: none is certain. */
  readonly supportScope: string | null;
  /** null until the first report. */
  readonly report: {
    readonly packageSetId: number;
    readonly offerSetId: number;
    readonly revision: number;
    readonly judgedAt: Instant | null;
    /** Packages of a list of components that nobody judges. */
    readonly unjudged: number;
    /** Judging has not caught up with the set; what follows from it follows then. */
    readonly countNeeded: boolean;
    readonly packagesHash: string;
    readonly updatesHash: string;
    readonly originsHash: string;
    readonly systemHash: string;
    readonly lingering: readonly Lingering[];
  } | null;
}

export async function readReportedAsset(reader: Reader, assetId: string): Promise<ReportedAsset | undefined> {
  const row = await reader
    .selectFrom('identification.asset as asset')
    .leftJoin('identification.check_in as check_in', 'check_in.asset_id', 'asset.id')
    .leftJoin('identification.package_set as package_set', 'package_set.id', 'check_in.package_set_id')
    .select([
      'asset.id',
      'asset.name',
      'asset.version',
      'asset.criticality',
      'asset.exposure',
      'asset.first_seen as firstSeen',
      'asset.maintenance_group as maintenanceGroup',
      'asset.support_scope as supportScope',
      'check_in.package_set_id as packageSetId',
      'check_in.offer_set_id as offerSetId',
      'package_set.revision',
      'package_set.judged_at as judgedAt',
      'package_set.unjudged',
      'package_set.count_needed as countNeeded',
      'check_in.packages_hash as packagesHash',
      'check_in.updates_hash as updatesHash',
      'check_in.origins_hash as originsHash',
      'check_in.system_hash as systemHash',
      sql<readonly Lingering[] | null>`check_in.lingering`.as('lingering'),
    ])
    .where('asset.id', '=', assetId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { id, name, version, criticality, exposure, firstSeen, maintenanceGroup, supportScope, judgedAt, unjudged } =
    row;
  const {
    packageSetId,
    offerSetId,
    revision,
    countNeeded,
    packagesHash,
    updatesHash,
    originsHash,
    systemHash,
    lingering,
  } = row;
  const asset = { id, name, version, criticality, exposure, firstSeen, maintenanceGroup, supportScope };
  if (
    packageSetId === null ||
    offerSetId === null ||
    revision === null ||
    countNeeded === null ||
    unjudged === null ||
    packagesHash === null ||
    updatesHash === null ||
    originsHash === null ||
    systemHash === null ||
    lingering === null
  ) {
    return { ...asset, report: null };
  }
  const hashes = { packagesHash, updatesHash, originsHash, systemHash, lingering };
  return { ...asset, report: { packageSetId, offerSetId, revision, judgedAt, unjudged, countNeeded, ...hashes } };
}

/** A stored judgment with the claim that won it and what is known of its vulnerability. */
export interface SetFindingRow extends ClaimRow, KnowledgeRow, SourceRow {
  /** Of what is installed; the claim may be of a channel over that release. */
  readonly version_scope: string;
  readonly source: string;
  readonly version: string;
  readonly architecture: string;
  readonly built_from: string;
  readonly has_version_of_source: boolean;
  readonly affected: boolean;
  readonly judged_status: ClaimStatus;
  readonly fixed: string | null;
  readonly why: string;
  readonly losing: readonly (readonly [claimId: number, because: LossCause])[];
  readonly released_at: Instant | null;
  readonly released_precision: 'time' | 'day' | null;
  readonly advisory_seen: Instant;
  readonly advisory_url: string | null;
  readonly index_date: Instant | null;
}

export interface VersionFindingRow extends SetFindingRow {
  readonly source_version_id: number;
}

export interface KnowledgeRow {
  /** null in all of them: nobody of Security has judged it. */
  readonly said_severity: SaidSeverity['severity'] | null;
  readonly said_by: string | null;
  readonly said_why: string | null;
  readonly said_at: Instant | null;
  readonly exploited_added: string | null;
  readonly exploited_due: string | null;
  readonly ransomware: boolean | null;
  readonly score: number | null;
  readonly percentile: number | null;
  readonly model: string | null;
  readonly score_date: string | null;
  /** By distribution; null: nobody rates it. */
  readonly believed: BelievedBy | null;
  readonly ssvc: SsvcPoint | null;
  /** What sources say by now, where that is less than what counts; null: they say what counts. */
  readonly held_rating: Counting | null;
  readonly held_listing: { readonly listed: Listing } | null;
  readonly held_since: Instant | null;
}

/** One join for both kinds of words: each table more doubles what the planner weighs. */
const HELD_COLUMNS = sql`
  (array_agg(says) filter (where what = 'rating'))[1] as rating,
  (array_agg(says) filter (where what = 'known-exploited'))[1] as listing, min(since) as since
`;

/**
 * What `knowledgeColumns` come from; joined by the named column. `reach`: of the few on a page, of nearly all there are, or of
 * fewer than the planner believes, who would read whole tables for them: each is looked up by itself.
 */
export function knowledgeTables(vulnerability: string, reach: 'fewer' | 'few' | 'all' = 'few') {
  const name = sql.ref(vulnerability);
  const known = (table: string) =>
    reach === 'fewer'
      ? sql`lateral (select * from ${sql.table(table)} as known where known.vulnerability = ${name} offset 0)`
      : sql.table(table);
  return sql`
    left join ${known('identification.known_exploited')} as known on known.vulnerability = ${name}
    left join ${known('identification.epss')} as epss on epss.vulnerability = ${name}
    left join ${known('identification.said_severity')} as said on said.vulnerability = ${name}
    left join ${known('identification.vulnerability_rating')} as rated on rated.vulnerability = ${name}
    ${
      reach === 'all'
        ? sql`left join (
            select vulnerability, ${HELD_COLUMNS} from identification.held_urgency group by vulnerability
          ) as held on held.vulnerability = ${name}`
        : sql`left join lateral (
            select ${HELD_COLUMNS} from identification.held_urgency where held_urgency.vulnerability = ${name}
          ) as held on true`
    }
  `;
}

export const knowledgeColumns = sql`
  known.added as exploited_added, known.due as exploited_due, known.ransomware,
  said.severity as said_severity, said.person_name as said_by, said.why as said_why, said.at as said_at,
  epss.score, epss.percentile, epss.model, epss.score_date, rated.believed, rated.ssvc,
  held.rating as held_rating, held.listing as held_listing, held.since as held_since
`;

export async function readSetFindings(reader: Reader, packageSetId: number): Promise<SetFindingRow[]> {
  // In a select of its own the planner does not see the number, and takes the plan that it kept: all sets are alike.
  return readFindingsOf(
    reader,
    sql`(
      select source_version_id from identification.package_set_source where set_id = (select ${packageSetId}::integer)
    )`,
  );
}

/** Of source versions, wherever they are or were installed. */
export async function readVersionFindings(reader: Reader, ids: readonly number[]): Promise<VersionFindingRow[]> {
  return ids.length === 0
    ? []
    : readFindingsOf(reader, sql`(select source_version_id from unnest(${ids}::integer[]) as source_version_id)`);
}

async function readFindingsOf(reader: Reader, placed: RawBuilder<unknown>): Promise<VersionFindingRow[]> {
  const { rows } = await sql<VersionFindingRow>`
    -- In three parts: to weigh ten tables against each other takes longer than to read them. Most versions have no finding,
    -- which the planner does not expect: left to itself it reads all findings and claims there are. Offset keeps it from that.
    with found as materialized (
      select finding.* from ${placed} as placed
      cross join lateral (
        select * from identification.finding where finding.source_version_id = placed.source_version_id offset 0
      ) as finding
    ), judged as materialized (
      select finding.source_version_id, version.scope as version_scope, version.source, version.version, version.architecture,
        version.built_from, version.has_version_of_source, finding.affected, finding.status as judged_status, finding.fixed, finding.why,
        finding.losing, finding.released_at, finding.released_precision, ${claimColumns},
        finding.told_at as advisory_seen, advisory.reference_urls[1] as advisory_url, ${sourceColumns},
        -- The first signed index that lists the fix lists it, or a later version.
        (
          select min(listed.index_date) from identification.first_listed as listed
          join identification.offer using (scope, source, source_version)
          where listed.scope = version.scope and listed.source = version.source
            and offer.version_key >= finding.fixed_key
        ) as index_date
      from found as finding
      join identification.source_version as version on version.id = finding.source_version_id
      cross join lateral (select * from identification.claim where id = finding.claim_id offset 0) as claim
      join identification.advisory on advisory.feed = claim.feed and advisory.id = claim.advisory
      where not version.third_party
    )
    select judged.*, ${knowledgeColumns} from judged ${knowledgeTables('judged.vulnerability', 'fewer')}
  `.execute(reader);
  return rows;
}

/** Claims by their ids, closed ones too: what lost on that day is what is shown. */
export async function readClaimsById(reader: Reader, ids: readonly number[]): Promise<StoredClaim[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<ClaimRow>`
    select ${claimColumns} from identification.claim where id = any(${ids}::bigint[])
  `.execute(reader);
  return rows.map((row) => ({ id: row.id, claim: claimOf(row) }));
}

/** When signed indexes first listed the offered versions of a set, and when we first saw them offered. */
export interface OfferDates {
  readonly source: string;
  readonly source_version: string;
  readonly first_seen: Instant;
  readonly index_date: Instant | null;
}

export async function readOfferDates(reader: Reader, offerSetId: number): Promise<OfferDates[]> {
  return reader
    .selectFrom('identification.offer_set_offer as listed')
    .innerJoin('identification.offer as offer', 'offer.id', 'listed.offer_id')
    .leftJoin('identification.first_listed as first', (join) =>
      join
        .onRef('first.scope', '=', 'offer.scope')
        .onRef('first.source', '=', 'offer.source')
        .onRef('first.source_version', '=', 'offer.source_version'),
    )
    .select(['offer.source', 'offer.source_version', 'offer.first_seen', 'first.index_date'])
    .where('listed.set_id', '=', offerSetId)
    .execute();
}
