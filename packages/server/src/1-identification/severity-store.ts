import type { SaidSeverity } from '@patchsteward/core/2-evaluation';
import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';
import { type KnowledgeRow, knowledgeColumns, knowledgeTables } from './evidence-store.ts';

/** Whoever judges waits for whoever judges at this moment, and sees what they said. // PostgreSQL §13.3.5 */
const JUDGMENT_LOCK = 0x7073_0030;

export async function lockJudgments(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${JUDGMENT_LOCK}::bigint)`.execute(tx);
}

export interface SaidRow {
  readonly vulnerability: string;
  readonly severity: SaidSeverity['severity'];
  readonly by: string;
}

/** What stands of these. */
export async function readSaid(reader: Reader, vulnerabilities: readonly string[]): Promise<SaidRow[]> {
  const { rows } = await sql<SaidRow>`
    select vulnerability, severity, person_name as by from identification.said_severity
    where vulnerability = any(${vulnerabilities}::text[]) order by vulnerability
  `.execute(reader);
  return rows;
}

/** Those of which no advisory of the loaded feeds says anything. */
export async function findUnheardOf(reader: Reader, vulnerabilities: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ vulnerability: string }>`
    select asked.vulnerability from unnest(${vulnerabilities}::text[]) as asked (vulnerability)
    where not exists (select from identification.claim where claim.vulnerability = asked.vulnerability and valid_to is null)
      and not exists (select from identification.finding where finding.vulnerability = asked.vulnerability)
    order by asked.vulnerability
  `.execute(reader);
  return rows.map(({ vulnerability }) => vulnerability);
}

export interface NewJudgment {
  readonly vulnerabilities: readonly string[];
  /** null: what was said is withdrawn. */
  readonly severity: SaidSeverity['severity'] | null;
  readonly why: string;
  readonly person: { readonly login: string; readonly name: string };
  readonly at: Instant;
}

/** Keeps the judgments, makes them the ones that stand, and marks the sets whose assessments rest on them. */
export async function storeJudgments(tx: Tx, judgment: NewJudgment): Promise<void> {
  const { vulnerabilities, severity, why, person, at } = judgment;
  await sql`
    with kept as (
      insert into identification.severity_judgment (vulnerability, severity, why, person, person_name, at)
      select vulnerability, ${severity}, ${why}, ${person.login}, ${person.name}, ${timestamp(at)}
      from unnest(${vulnerabilities}::text[]) as vulnerability
      returning id, vulnerability, severity, why, person, person_name, at
    )
    insert into identification.said_severity (vulnerability, severity, why, person, person_name, at, judgment)
    select vulnerability, severity, why, person, person_name, at, id from kept where severity is not null
    on conflict (vulnerability) do update set
      severity = excluded.severity, why = excluded.why, person = excluded.person, person_name = excluded.person_name,
      at = excluded.at, judgment = excluded.judgment
  `.execute(tx);
  if (severity === null) {
    await sql`
      delete from identification.said_severity where vulnerability = any(${vulnerabilities}::text[])
    `.execute(tx);
  }
  await markSetsWith(tx, vulnerabilities);
}

/** Marks the sets whose assessments rest on what is known of these. */
export async function markSetsWith(tx: Tx, vulnerabilities: readonly string[]): Promise<void> {
  await sql`
    update identification.package_set set count_needed = true
    where id in (
      select id from identification.package_set
      where id in (
        select placed.set_id from identification.finding
        join identification.package_set_source as placed on placed.source_version_id = finding.source_version_id
        where finding.vulnerability = any(${vulnerabilities}::text[])
      )
      order by id for update
    )
  `.execute(tx);
}

/** What is known of these vulnerabilities, and the newest advisory of a finding of each. */
export interface DescribedRow extends KnowledgeRow {
  readonly vulnerability: string;
  readonly advisory: string | null;
  readonly advisory_url: string | null;
}

export async function describe(reader: Reader, vulnerabilities: readonly string[]): Promise<DescribedRow[]> {
  // In one pass over what is looked up: an answer for each by itself costs three times as much on a long page. Offset: left
  // to itself the planner reads all claims and all advisories there are.
  const { rows } = await sql<DescribedRow>`
    with told as materialized (
      select distinct on (asked.vulnerability) asked.vulnerability, advisory.id as advisory, advisory.url as advisory_url
      from unnest(${vulnerabilities}::text[]) as asked (vulnerability)
      left join lateral (
        select feed, advisory from identification.claim
        where claim.vulnerability = asked.vulnerability and claim.valid_to is null offset 0
      ) as claim on true
      left join lateral (
        select id, published, reference_urls[1] as url from identification.advisory
        where advisory.feed = claim.feed and advisory.id = claim.advisory offset 0
      ) as advisory on true
      order by asked.vulnerability, advisory.published desc nulls last, advisory.id
    )
    select told.vulnerability, told.advisory, told.advisory_url, ${knowledgeColumns}
    from told
    ${knowledgeTables('told.vulnerability')}
  `.execute(reader);
  return rows;
}

/** A vulnerability of which Security or a source spoke, with what it is in the fleet today. */
export interface JudgedRow {
  readonly name: string;
  readonly at: Instant;
  readonly assets: number;
  readonly sources: readonly string[];
  readonly scopes: readonly string[];
  readonly feeds: readonly string[];
  readonly lane: 'routine' | 'critical' | 'emergency' | 'mitigation' | null;
  readonly due: Instant | null;
}

export interface JudgedFilter {
  readonly state: 'judged' | 'held';
  readonly patterns: readonly string[] | null;
  readonly source: string | null;
  readonly scope: string;
}

/** The last row of the page before: the newest words come first. */
export type JudgedPlace = [at: Instant, vulnerability: string];

export async function listJudged(
  reader: Reader,
  filter: JudgedFilter,
  { after, limit }: { readonly after: JudgedPlace | undefined; readonly limit: number },
): Promise<JudgedRow[]> {
  const { rows } = await sql<JudgedRow>`
    select said.vulnerability as name, said.at, coalesce(grouped.assets, 0) as assets,
      coalesce(grouped.sources, '{}') as sources, coalesce(grouped.scopes, '{}') as scopes,
      coalesce(grouped.feeds, '{}') as feeds, grouped.lane, grouped.due
    ${judged(filter)} and ${
      after === undefined
        ? sql`true`
        : sql`(date_trunc('milliseconds', said.at) < ${timestamp(after[0])}
            or date_trunc('milliseconds', said.at) = ${timestamp(after[0])} and said.vulnerability > ${after[1]})`
    }
    order by date_trunc('milliseconds', said.at) desc, said.vulnerability limit ${limit}
  `.execute(reader);
  return rows;
}

export async function countJudged(reader: Reader, filter: JudgedFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) ${judged(filter)}`.execute(reader);
  return rows[0]?.count ?? 0;
}

/** A lower rating waits for nobody where Security has a word of its own: that word counts before all sources. */
const HELD_FOR_SOMEBODY = sql`
  select vulnerability, since, feed from identification.held_urgency as held
  where held.what <> 'rating' or not exists (
    select from identification.said_severity as said where said.vulnerability = held.vulnerability
  )
`;

const SPOKEN = {
  judged: sql`select vulnerability, at, why, person_name from identification.said_severity`,
  held: sql`
    select vulnerability, min(since) as at, null::text as why, string_agg(feed, ' ') as person_name
    from (${HELD_FOR_SOMEBODY}) as held group by vulnerability
  `,
};

function judged({ state, patterns, source, scope }: JudgedFilter) {
  return sql`
    from (${SPOKEN[state]}) as said
    left join identification.fleet_group as grouped
      on grouped.kind = 'vulnerability' and grouped.name = said.vulnerability and grouped.scope = ${scope}
        and grouped.environment = ''
    where ${scope === '' ? sql`true` : sql`grouped.name is not null`}
      and ${source === null ? sql`true` : sql`${source} = any(grouped.sources)`}
      and ${
        patterns === null
          ? sql`true`
          : sql`concat_ws(' ', said.vulnerability, array_to_string(grouped.sources, ' '), said.why, said.person_name)
              ilike all (${patterns}::text[])`
      }
  `;
}
