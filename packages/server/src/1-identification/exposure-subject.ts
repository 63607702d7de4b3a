import type { Claim } from '@patchsteward/core/1-identification';
import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { timestamp } from '../platform/column-types.ts';
import type { Reader } from '../platform/database.ts';
import { type SourceRow, sourceColumns } from './advisory-sources.ts';
import { type ClaimRow, claimColumns, claimOf } from './claim-row.ts';

/** An alias names one vulnerability, an advisory that bundles others some hundreds. */
const NAMED_MAX = 2_000;

export interface AdvisoryRow extends SourceRow {
  readonly feed: string;
  readonly id: string;
  readonly summary: string;
  readonly published: Instant | null;
  readonly url: string | null;
}

/** What a question is about: vulnerabilities; or those that an advisory names, in the packages that it names. */
export interface Subject {
  /** As it was asked, in the spelling of who gave the name. */
  readonly id: string;
  readonly vulnerabilities: readonly string[];
  /** null: the question names a vulnerability. */
  readonly advisory: AdvisoryRow | null;
}

/** The id of an advisory stands for the vulnerabilities that it names; an alias for the one that it is another name of. */
export async function findSubject(reader: Reader, asked: string): Promise<Subject> {
  const spellings = spellingsOf(asked);
  const id = spellings[0] ?? asked;
  const advisory = await findAdvisory(reader, spellings);
  if (advisory !== undefined) {
    return { id: advisory.id, vulnerabilities: await readNamedBy(reader, [advisory]), advisory };
  }
  const bearing = await findAdvisoriesWithAlias(reader, spellings);
  const named = bearing.length === 0 ? [] : await readNamedBy(reader, bearing);
  return { id, vulnerabilities: [...new Set([...spellings.slice(0, 1), ...named])], advisory: null };
}

/** Ids are written in capitals, those of GitHub after their prefix in small letters; people type them as they come. */
export function spellingsOf(asked: string): string[] {
  const typed = asked.trim();
  const capitals = typed.toUpperCase();
  const usual = capitals.startsWith('GHSA-') ? `GHSA-${typed.slice('GHSA-'.length).toLowerCase()}` : capitals;
  return [...new Set([usual, typed])];
}

async function findAdvisory(reader: Reader, ids: readonly string[]): Promise<AdvisoryRow | undefined> {
  const { rows } = await sql<AdvisoryRow>`
    select feed, id, summary, published, reference_urls[1] as url, ${sourceColumns} from identification.advisory
    where id = any(${ids}::text[]) order by feed limit 1
  `.execute(reader);
  return rows[0];
}

type AdvisoryKey = Pick<AdvisoryRow, 'feed' | 'id'>;

async function findAdvisoriesWithAlias(reader: Reader, ids: readonly string[]): Promise<AdvisoryKey[]> {
  const { rows } = await sql<AdvisoryKey>`
    select feed, id from identification.advisory where aliases && ${ids}::text[] order by feed, id limit ${NAMED_MAX}
  `.execute(reader);
  return rows;
}

async function readNamedBy(reader: Reader, advisories: readonly AdvisoryKey[]): Promise<string[]> {
  const { rows } = await sql<{ vulnerability: string }>`
    select distinct claim.vulnerability from identification.claim
    join unnest(${advisories.map(({ feed }) => feed)}::text[], ${advisories.map(({ id }) => id)}::text[])
      as named (feed, id) on claim.feed = named.feed and claim.advisory = named.id
    where claim.valid_to is null order by claim.vulnerability limit ${NAMED_MAX}
  `.execute(reader);
  return rows.map(({ vulnerability }) => vulnerability);
}

/** Every claim about these vulnerabilities that stood then; null: that stands now. */
export async function readClaimsAbout(
  reader: Reader,
  vulnerabilities: readonly string[],
  at: Instant | null,
): Promise<Claim[]> {
  const about = sql`vulnerability = any(${vulnerabilities}::text[])`;
  const standing = sql`select ${claimColumns} from identification.claim where ${about} and valid_to is null`;
  const { rows } = await sql<ClaimRow>`
    select * from (${
      at === null
        ? standing
        : // Each half has an index of its own.
          sql`${standing} and valid_from <= ${timestamp(at)} union all
            select ${claimColumns} from identification.claim
            where ${about} and valid_to > ${timestamp(at)} and valid_from <= ${timestamp(at)}`
    }) as claim
    order by scope, package_name, advisory, vulnerability, id
  `.execute(reader);
  return rows.map(claimOf);
}
