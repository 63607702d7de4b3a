import type { Instant } from '@patchsteward/core/vocabulary';
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

/** By package set that has any of it: which source versions, rising. */
export async function readAffectedSets(
  reader: Reader,
  found: readonly FoundRow[],
): Promise<ReadonlyMap<number, readonly number[]>> {
  const affected = new Map<number, number[]>();
  if (found.length === 0) return affected;
  // As JSON texts: they are read in a fraction of the time that thousands of rows take.
  const { rows } = await sql<{ sets: readonly number[]; versions: readonly number[] }>`
    select coalesce(json_agg(set_id), '[]') as sets, coalesce(json_agg(source_version_id), '[]') as versions
    from identification.package_set_source
    where source_version_id = any(${found.map((row) => row.source_version_id)}::integer[])
  `.execute(reader);
  for (const { sets, versions } of rows) {
    for (const [at, set] of sets.entries()) {
      const version = versions[at];
      if (version !== undefined) affected.set(set, [...(affected.get(set) ?? []), version]);
    }
  }
  for (const versions of affected.values()) versions.sort((one, other) => one - other);
  return affected;
}

/** A source version on an asset, and what ends it. */
export interface ExposedVersion {
  readonly packageSet: number;
  readonly offerSet: number;
  readonly version: Pick<FoundRow, 'source_version_id' | 'scope' | 'source' | 'fixed_key'>;
}

export interface ExposedRow {
  readonly packages: readonly string[];
  readonly fix_offered: boolean;
}

/** For each of these, in their order. */
export async function readExposed(reader: Reader, asked: readonly ExposedVersion[]): Promise<ExposedRow[]> {
  if (asked.length === 0) return [];
  const { rows } = await sql<ExposedRow>`
    select coalesce(placed.packages, '{}') as packages, exists (
        select from identification.offer_set_offer as listed
        join identification.offer on offer.id = listed.offer_id
        where listed.set_id = asked.offer_set_id and offer.scope = asked.scope and offer.source = asked.source
          and offer.version_key >= asked.fixed_key
      ) as fix_offered
    from unnest(
      ${asked.map(({ packageSet }) => packageSet)}::integer[], ${asked.map(({ offerSet }) => offerSet)}::integer[],
      ${asked.map(({ version }) => version.source_version_id)}::integer[],
      ${asked.map(({ version }) => version.scope)}::text[], ${asked.map(({ version }) => version.source)}::text[],
      ${asked.map(({ version }) => version.fixed_key)}::bytea[]
    ) with ordinality as asked (package_set_id, offer_set_id, source_version_id, scope, source, fixed_key, place)
    -- A set that is gone meanwhile leaves its place.
    left join identification.package_set_source as placed
      on placed.set_id = asked.package_set_id and placed.source_version_id = asked.source_version_id
    order by asked.place
  `.execute(reader);
  return rows;
}
