import { type ClaimStatus, placesSpeakingOf, type SourceVersion } from '@patchsteward/core/1-identification';
import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { timestamp } from '../platform/column-types.ts';
import type { Tx } from '../platform/database.ts';
import { type ClaimRow, claimColumns, claimOf, type StoredClaim } from './claim-row.ts';
import { IS_SPOKEN_OF } from './coverage.ts';

export interface SourceVersionRow {
  readonly id: number;
  readonly scope: string;
  readonly source: string;
  readonly version: string;
  /** '': it is no rpm, or its list does not say. */
  readonly architecture: string;
  /** '': it is no rpm. */
  readonly built_from: string;
  readonly has_version_of_source: boolean;
  readonly third_party: boolean;
}

/** What becomes a row of identification.finding, as the database reads it from JSON. */
export interface FindingRow {
  readonly source_version_id: number;
  readonly vulnerability: string;
  readonly affected: boolean;
  readonly claim_id: number;
  readonly status: ClaimStatus;
  readonly fixed: string | null;
  /** `\x…` */
  readonly fixed_key: string | null;
  readonly why: string;
  readonly losing: readonly (readonly [claimId: number, because: string])[];
  /** Of the claims that say so, won or lost: the earliest that we saw is when we were told. */
  readonly told_by: readonly number[];
  readonly released_at: string | null;
  readonly released_precision: 'time' | 'day' | null;
}

const versionColumns = sql`
  id, scope, source, version, architecture, built_from, has_version_of_source, third_party
`;

/** A row as core judges it. */
export function sourceVersionOf(
  row: Pick<SourceVersionRow, 'scope' | 'source' | 'version' | 'architecture' | 'built_from' | 'has_version_of_source'>,
): SourceVersion {
  const {
    scope,
    source,
    version: sourceVersion,
    built_from: builtFrom,
    has_version_of_source: hasVersionOfSource,
  } = row;
  if (builtFrom === '') return { scope, source, sourceVersion };
  const architecture = row.architecture === '' ? null : row.architecture;
  return { scope, source, sourceVersion, build: { architecture, source: builtFrom, hasVersionOfSource } };
}

/** Some that nobody else is judging at this moment. */
export async function lockSomeToJudge(tx: Tx, limit: number): Promise<SourceVersionRow[]> {
  const { rows } = await sql<SourceVersionRow>`
    select ${versionColumns} from identification.source_version
    where judge_needed order by id limit ${limit} for update skip locked
  `.execute(tx);
  return rows;
}

/** Those of one set; who judges them at this moment is waited for. */
export async function lockSetToJudge(tx: Tx, packageSetId: number, limit: number): Promise<SourceVersionRow[]> {
  const { rows } = await sql<SourceVersionRow>`
    select ${versionColumns} from identification.source_version
    where judge_needed and id in (
      select source_version_id from identification.package_set_source where set_id = ${packageSetId}
    )
    order by id limit ${limit} for update
  `.execute(tx);
  return rows;
}

/** Those of one set that nobody else is judging at this moment. */
export async function lockNewOfSet(tx: Tx, packageSetId: number, limit: number): Promise<SourceVersionRow[]> {
  const { rows } = await sql<SourceVersionRow>`
    select ${versionColumns} from identification.source_version
    where judge_needed and id in (
      select source_version_id from identification.package_set_source where set_id = ${packageSetId}
    )
    order by id limit ${limit} for update skip locked
  `.execute(tx);
  return rows;
}

/** The claims that speak of these packages today. */
export async function readClaims(tx: Tx, sources: readonly SourceVersionRow[]): Promise<StoredClaim[]> {
  const asked = sources.flatMap((row) => placesSpeakingOf(sourceVersionOf(row)));
  const { rows } = await sql<ClaimRow>`
    select ${claimColumns} from identification.claim
    where valid_to is null and (scope, package_name) in (
      select scope, name
      from unnest(${asked.map((place) => place.scope)}::text[], ${asked.map((place) => place.name)}::text[])
        as asked (scope, name)
    )
    order by id
  `.execute(tx);
  return rows.map((row) => ({ id: row.id, claim: claimOf(row) }));
}

/**
 * Replaces the findings of source versions that were judged, and marks the sets that must be counted again: whether any
 * that were counted before. A judgment that came out as before writes nothing.
 */
export async function storeJudged(
  tx: Tx,
  judged: readonly SourceVersionRow[],
  findings: readonly FindingRow[],
  at: Instant,
): Promise<boolean> {
  const ids = judged.map(({ id }) => id);
  const { rows: changed } = await sql<{ id: number }>`
    with judged as materialized (
      select row.source_version_id, row.vulnerability, row.affected, row.claim_id, row.status, row.fixed, row.fixed_key,
        row.why, row.losing,
        -- While it stays a finding nobody hears of it for the first time, and nothing releases its fix anew: what is
        -- told later of earlier days moves no due time back. // SOP S1, decided 19a
        least(known.told_at, (
          select min(advisory.first_seen) from identification.claim
          join identification.advisory on advisory.feed = claim.feed and advisory.id = claim.advisory
          where claim.id = any(row.told_by)
        )) as told_at,
        case when known.fixed is not distinct from row.fixed then least(known.released_at, row.released_at)
          else row.released_at end as released_at,
        case when known.fixed is not distinct from row.fixed
            and known.released_at <= coalesce(row.released_at, 'infinity')
          then known.released_precision else row.released_precision end as released_precision
      from json_to_recordset(${JSON.stringify(findings)}::json) as row (
        source_version_id integer, vulnerability text, affected boolean, claim_id bigint, status text, fixed text,
        fixed_key bytea, why text, losing jsonb, told_by bigint[], released_at timestamptz, released_precision text
      )
      left join identification.finding as known on known.source_version_id = row.source_version_id
        and known.vulnerability = row.vulnerability and known.affected and row.affected
    ), gone as (
      delete from identification.finding
      where source_version_id = any(${ids}::integer[]) and not exists (
        select from judged
        where judged.source_version_id = finding.source_version_id and judged.vulnerability = finding.vulnerability
      )
      returning source_version_id
    ), put as (
      insert into identification.finding
        (source_version_id, vulnerability, affected, claim_id, status, fixed, fixed_key, why, losing, released_at,
         released_precision, told_at, judged_at)
      select source_version_id, vulnerability, affected, claim_id, status, fixed, fixed_key, why, losing, released_at,
        released_precision, told_at, ${timestamp(at)}
      from judged
      on conflict (source_version_id, vulnerability) do update set
        affected = excluded.affected, claim_id = excluded.claim_id, status = excluded.status, fixed = excluded.fixed,
        fixed_key = excluded.fixed_key, why = excluded.why, losing = excluded.losing, released_at = excluded.released_at,
        released_precision = excluded.released_precision, told_at = excluded.told_at, judged_at = excluded.judged_at
      where (finding.affected, finding.claim_id, finding.status, finding.fixed, finding.why, finding.losing,
          finding.released_at, finding.released_precision, finding.told_at)
        is distinct from (excluded.affected, excluded.claim_id, excluded.status, excluded.fixed, excluded.why,
          excluded.losing, excluded.released_at, excluded.released_precision, excluded.told_at)
      returning source_version_id
    ), settled as (
      update identification.source_version set judge_needed = false where id = any(${ids}::integer[])
    )
    select source_version_id as id from gone union select source_version_id from put
  `.execute(tx);
  if (changed.length === 0) return false;
  return markSetsOf(
    tx,
    changed.map(({ id }) => id),
  );
}

async function markSetsOf(tx: Tx, sourceVersionIds: readonly number[]): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update identification.package_set set count_needed = true
    where id in (
      select id from identification.package_set
      where not count_needed and id in (
        select set_id from identification.package_set_source where source_version_id = any(${sourceVersionIds}::integer[])
      )
      order by id for update
    )
  `.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
}

/**
 * A set that waits for its count and in which everything is judged; then nobody else counts it, and it is told whether
 * other assets have it as well.
 */
export async function lockJudgedSet(
  tx: Tx,
  packageSetId: number,
  assetId: string,
): Promise<{ readonly isShared: boolean } | undefined> {
  const { rows } = await sql<{ isShared: boolean }>`
    select exists (
      select from identification.check_in where package_set_id = ${packageSetId} and asset_id <> ${assetId}
    ) as "isShared"
    from identification.package_set
    where id = ${packageSetId} and count_needed and ${everythingIsJudged} for update skip locked
  `.execute(tx);
  return rows[0];
}

const everythingIsJudged = sql`not exists (
  select from identification.package_set_source as source
  join identification.source_version on source_version.id = source.source_version_id
  where source.set_id = package_set.id and source_version.judge_needed
)`;

/** Sets that can be counted: everything in them is judged, and nobody else is counting them. */
export async function lockSomeToCount(tx: Tx, limit: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from identification.package_set
    where count_needed and ${everythingIsJudged}
    order by id limit ${limit} for update skip locked
  `.execute(tx);
  return rows.map(({ id }) => id);
}

/**
 * Of a list of components: packages that nobody judges. What a package of a distribution owns is judged with its owner;
 * what is not in `package_set_source` names nothing that could be judged.
 */
const UNJUDGED = sql`case when package_set.ecosystem = 'components' then package_set.packages - (
  select count(*) from identification.section
  cross join json_array_elements(section.body -> 'packages') as package
  where section.hash = package_set.hash and package ->> 'owner' is not null
) - (
  select coalesce(sum(cardinality(source.packages)), 0) from identification.package_set_source as source
  join identification.source_version as version on version.id = source.source_version_id
  where source.set_id = package_set.id and not version.third_party and ${IS_SPOKEN_OF}
) else 0 end`;

/** Counts findings per binary package, distinct vulnerabilities known to be exploited, and what nobody judges. */
export async function countSets(tx: Tx, setIds: readonly number[], at: Instant): Promise<void> {
  await sql`
    update identification.package_set set
      findings = counted.findings, known_exploited = counted.known_exploited, count_needed = false,
      revision = package_set.revision + 1, unjudged = ${UNJUDGED},
      judged_at = case
        when exists (select from identification.feed_scope where feed_scope.scope = package_set.scope)
          or package_set.ecosystem = 'components' and exists (
            select from identification.package_set_source as source
            join identification.source_version as version on version.id = source.source_version_id
            where source.set_id = package_set.id and ${IS_SPOKEN_OF}
          )
        then ${timestamp(at)}
      end
    from (
      select wanted.id, coalesce(sum(cardinality(source.packages)) filter (where finding.affected), 0) as findings,
        count(distinct known.vulnerability) filter (where finding.affected) as known_exploited
      from unnest(${setIds}::integer[]) as wanted (id)
      left join identification.package_set_source as source on source.set_id = wanted.id
      left join identification.finding on finding.source_version_id = source.source_version_id
      left join identification.known_exploited as known on known.vulnerability = finding.vulnerability
      group by wanted.id
    ) as counted
    where package_set.id = counted.id
  `.execute(tx);
}
