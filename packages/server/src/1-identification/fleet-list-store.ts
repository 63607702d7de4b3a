import type { Instant, Lane } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import type { Reader } from '../platform/database.ts';
import { type KnowledgeRow, knowledgeColumns, knowledgeTables } from './evidence-store.ts';
import { patternsOf } from './memory-page.ts';

export interface FleetFindingRow extends KnowledgeRow {
  readonly vulnerability: string;
  readonly source: string;
  readonly scope: string;
  readonly feed: string;
  readonly advisory: string;
  readonly fixed: string | null;
  readonly fix: 'offered' | 'not-offered' | 'needs-subscription' | 'no-fix' | null;
  readonly offered_on: number | null;
  readonly assets: number;
  readonly known_exploited: boolean;
  readonly epss: number;
  readonly lane: Lane | null;
  readonly due: Instant | null;
}

/** The last row of the page before: what is exploited comes first, then what is likely to be, then what is on most assets. */
export type FindingPlace = [
  knownExploited: boolean,
  epss: number,
  assets: number,
  vulnerability: string,
  source: string,
  scope: string,
];

/** What a list is asked for. */
export interface Sought {
  readonly search?: string | undefined;
  /** Of this source package alone. */
  readonly source?: string | undefined;
}

/** One order for the index, the cursor and the page: everything falling, the newest vulnerability first. */
export async function listFleetFindings(
  reader: Reader,
  { after, limit, ...sought }: Sought & { readonly after: FindingPlace | undefined; readonly limit: number },
): Promise<FleetFindingRow[]> {
  const { rows } = await sql<FleetFindingRow>`
    select fleet.vulnerability, fleet.source, fleet.scope, fleet.feed, fleet.advisory, fleet.fixed, fleet.fix, fleet.offered_on, fleet.assets,
      fleet.known_exploited, fleet.epss, fleet.lane, fleet.due, ${knowledgeColumns}
    from (
      select * from identification.fleet_finding as fleet
      where ${matches(sought)} and ${
        after === undefined
          ? sql`true`
          : sql`(known_exploited, epss, assets, vulnerability, source, scope)
              < (${after[0]}::boolean, ${after[1]}::real, ${after[2]}::integer, ${after[3]}, ${after[4]}, ${after[5]})`
      }
      order by known_exploited desc, epss desc, assets desc, vulnerability desc, source desc, scope desc
      limit ${limit}
    ) as fleet
    ${knowledgeTables('fleet.vulnerability')}
    order by fleet.known_exploited desc, fleet.epss desc, fleet.assets desc, fleet.vulnerability desc, fleet.source desc,
      fleet.scope desc
  `.execute(reader);
  return rows;
}

export async function countFleetFindingRows(reader: Reader, sought: Sought): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from identification.fleet_finding as fleet where ${matches(sought)}
  `.execute(reader);
  return rows[0]?.count ?? 0;
}

function matches({ search, source }: Sought) {
  if (search === undefined) return ofSource(source);
  return sql`${ofSource(source)} and fleet.words like all (${patternsOf(search)}::text[])`;
}

export interface FleetUpdateRow {
  readonly scope: string;
  readonly source: string;
  readonly source_version: string;
  readonly packages: readonly string[];
  readonly kind: 'security' | 'bugfix' | 'feature' | 'unknown';
  readonly fixes: readonly string[];
  readonly known_exploited: number;
  readonly assets: number;
  readonly lane: Lane | null;
  readonly due: Instant | null;
}

/** The last row of the page before: security first, then what fixes most of what is exploited, and so on. */
export type UpdatePlace = [
  notSecurity: boolean,
  exploited: number,
  fixes: number,
  assets: number,
  source: string,
  sourceVersion: string,
  scope: string,
];

const UPDATE_ORDER = sql`
  (kind <> 'security'), (-known_exploited), (-cardinality(fixes)), (-assets), source, source_version, scope
`;

export async function listFleetUpdates(
  reader: Reader,
  { after, limit, ...sought }: Sought & { readonly after: UpdatePlace | undefined; readonly limit: number },
): Promise<FleetUpdateRow[]> {
  const { rows } = await sql<FleetUpdateRow>`
    select scope, source, source_version, packages, kind, fixes, known_exploited, assets, lane, due
    from identification.fleet_update as fleet
    where ${matches(sought)} and ${
      after === undefined
        ? sql`true`
        : sql`(${UPDATE_ORDER}) > (${after[0]}::boolean, ${after[1]}::integer, ${after[2]}::integer, ${after[3]}::integer,
            ${after[4]}, ${after[5]}, ${after[6]})`
    }
    order by ${UPDATE_ORDER}
    limit ${limit}
  `.execute(reader);
  return rows;
}

export async function countFleetUpdateRows(reader: Reader, sought: Sought): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from identification.fleet_update as fleet where ${matches(sought)}
  `.execute(reader);
  return rows[0]?.count ?? 0;
}

/** A source without a search goes by its index. */
function ofSource(source: string | undefined) {
  return source === undefined ? sql`true` : sql`fleet.source = ${source}`;
}
