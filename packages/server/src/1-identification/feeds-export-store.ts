import type { WrittenRating } from '@patchsteward/core/2-evaluation';
import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { timestamp } from '../platform/column-types.ts';
import type { Reader } from '../platform/database.ts';
import { type ClaimRow, claimColumns } from './claim-row.ts';

export interface ExportedAdvisory {
  readonly feed: string;
  readonly id: string;
  readonly summary: string;
  readonly published: Instant | null;
  readonly published_precision: 'time' | 'day';
  readonly modified: Instant | null;
  readonly withdrawn: Instant | null;
  readonly aliases: readonly string[];
  readonly reference_urls: readonly string[];
  /** An earlier feed has an advisory of the same id. */
  readonly is_shared: boolean;
}

export interface ExportFilter {
  readonly feed: string | null;
  readonly vulnerabilities: readonly string[] | null;
  /** What is known now, or was known then. */
  readonly at: Instant | null;
}

/** Where the page before ended. */
export type ExportPlace = Pick<ExportedAdvisory, 'feed' | 'id'>;

/** The next advisories by feed and id. */
export async function readExportedAdvisories(
  reader: Reader,
  { feed, vulnerabilities, at }: ExportFilter,
  after: ExportPlace,
  limit: number,
): Promise<ExportedAdvisory[]> {
  const names = sql`
    (select distinct claim.feed, claim.advisory from identification.claim as claim
     where claim.vulnerability = any(${vulnerabilities}::text[]) and ${heldAt(at)})
  `;
  const { rows } = await sql<ExportedAdvisory>`
    select advisory.feed, advisory.id, advisory.summary, advisory.published, advisory.published_precision,
      advisory.modified, case when ${isBy(at, 'withdrawn')} then advisory.withdrawn end as withdrawn, advisory.aliases,
      advisory.reference_urls, exists (
        select from identification.feed as earlier
        join identification.advisory as other on other.feed = earlier.id and other.id = advisory.id
        where earlier.id < advisory.feed
      ) as is_shared
    from identification.advisory as advisory
    where (advisory.feed, advisory.id) > (${after.feed}, ${after.id}) and ${isBy(at, 'first_seen')}
      ${feed === null ? sql`` : sql`and advisory.feed = ${feed}`}
      ${vulnerabilities === null ? sql`` : sql`and (advisory.feed, advisory.id) in ${names}`}
    order by advisory.feed, advisory.id
    limit ${limit}
  `.execute(reader);
  return rows;
}

/** What these advisories claim now, or claimed then. */
export async function readExportedClaims(
  reader: Reader,
  of: readonly ExportPlace[],
  at: Instant | null,
): Promise<ClaimRow[]> {
  const { rows } = await sql<ClaimRow>`
    select ${claimColumns}
    from ${placesOf(of)} as named (feed, id)
    join identification.claim as claim on claim.feed = named.feed and claim.advisory = named.id and ${heldAt(at)}
    order by claim.id
  `.execute(reader);
  return rows;
}

export interface ExportedRating {
  readonly feed: string;
  readonly record: string;
  readonly ratings: readonly WrittenRating[];
}

/** How severe they call it; what they say by now of a past day is left out. */
export async function readExportedRatings(
  reader: Reader,
  claims: readonly Pick<ClaimRow, 'feed' | 'advisory' | 'vulnerability'>[],
  at: Instant | null,
): Promise<ExportedRating[]> {
  const { rows } = await sql<ExportedRating>`
    select distinct rated.publisher as feed, rated.record, rated.ratings
    from (
      select distinct * from unnest(
        ${claims.map(({ feed }) => feed)}::text[], ${claims.map(({ advisory }) => advisory)}::text[],
        ${claims.map(({ vulnerability }) => vulnerability)}::text[]
      ) as named (feed, advisory, vulnerability)
    ) as named
    join identification.rating_record as rated on rated.vulnerability = named.vulnerability
      and rated.publisher = named.feed and rated.record = named.advisory
    where ${at === null ? sql`true` : sql`coalesce(rated.modified <= ${timestamp(at)}, false)`}
  `.execute(reader);
  return rows;
}

function placesOf(of: readonly ExportPlace[]) {
  return sql`unnest(${of.map(({ feed }) => feed)}::text[], ${of.map(({ id }) => id)}::text[])`;
}

/** A claim is kept from when it was known until it was replaced. */
function heldAt(at: Instant | null) {
  if (at === null) return sql`claim.valid_to is null`;
  return sql`claim.valid_from <= ${timestamp(at)} and (claim.valid_to is null or claim.valid_to > ${timestamp(at)})`;
}

function isBy(at: Instant | null, column: 'first_seen' | 'withdrawn') {
  return at === null ? sql`true` : sql`${sql.ref(`advisory.${column}`)} <= ${timestamp(at)}`;
}
