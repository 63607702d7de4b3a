import type { Counting, Rating, SsvcPoint } from '@patchsteward/core/2-evaluation';
import { sql } from 'kysely';
import type { Reader, Tx } from '../platform/database.ts';
import type { MergeCounts } from './feeds-store.ts';

/** Whose records a feed brings. */
export interface RatingSource {
  readonly feed: string;
  /** The CVE list and Vulnrichment bring records of one publisher: the newer one counts, whoever brought it. */
  readonly publisher: string;
}

/**
 * Brings the records of a publisher to what a file says. A file says nothing of records that it does not hold; of one
 * that it holds, an older revision than the stored one changes nothing. Leaves the vulnerabilities of which anything
 * changed in the temporary table `rating_touched`.
 */
export async function mergeRatingRecords(
  tx: Tx,
  { feed, publisher }: RatingSource,
  batches: readonly string[],
): Promise<MergeCounts> {
  await stage(tx, batches);
  await sql`
    create temporary table rating_changed on commit drop as
    select staged.*, known.vulnerability is null as is_new
    from staged_rating as staged
    left join identification.rating_record as known
      on known.vulnerability = staged.vulnerability and known.publisher = ${publisher} and known.record = staged.record
    where case when known.vulnerability is null
      -- A record that says nothing is kept where it takes back what it said.
      then staged.ratings <> '[]' or staged.points <> '[]'
      else known.revision <> staged.revision and coalesce(staged.modified >= known.modified, true) end
  `.execute(tx);
  await sql`
    insert into identification.rating_record
      (vulnerability, publisher, record, ratings, points, rejected, modified, revision, feed)
    select vulnerability, ${publisher}, record, ratings, points, rejected, modified, revision, ${feed}
    from rating_changed order by vulnerability, record
    on conflict (vulnerability, publisher, record) do update set
      ratings = excluded.ratings, points = excluded.points, rejected = excluded.rejected, modified = excluded.modified,
      revision = excluded.revision, feed = excluded.feed
  `.execute(tx);
  await sql`
    create temporary table rating_touched on commit drop as select distinct vulnerability from rating_changed
  `.execute(tx);
  const { rows } = await sql<{ added: number; updated: number }>`
    select count(*) filter (where is_new) as added, count(*) filter (where not is_new) as updated from rating_changed
  `.execute(tx);
  return { added: rows[0]?.added ?? 0, updated: rows[0]?.updated ?? 0, removed: 0 };
}

async function stage(tx: Tx, batches: readonly string[]): Promise<void> {
  await sql`
    create temporary table staged_rating (
      vulnerability text, record text, ratings jsonb, points jsonb, rejected boolean, modified timestamptz, revision text
    ) on commit drop
  `.execute(tx);
  for (const batch of batches) {
    await sql`insert into staged_rating select * from json_populate_recordset(null::staged_rating, ${batch}::json)`.execute(
      tx,
    );
  }
  await sql`analyze staged_rating (vulnerability, record)`.execute(tx);
}

/** Advisories that changed (in the temporary table `changed`) and name a vulnerability no more, rate it no more. */
export async function dropRatingsOfChanged(tx: Tx, publisher: string): Promise<void> {
  await sql`
    with gone as (
      delete from identification.rating_record as known using changed
      where known.publisher = ${publisher} and known.record = changed.id and not exists (
        select from staged_rating as staged
        where staged.record = known.record and staged.vulnerability = known.vulnerability
      )
      returning known.vulnerability
    )
    insert into rating_touched select vulnerability from gone
    where vulnerability not in (select vulnerability from rating_touched)
  `.execute(tx);
}

/** A feed that is no more rates nothing. */
export async function dropRatingsOfPublisher(tx: Tx, publisher: string): Promise<void> {
  await sql`create temporary table rating_touched (vulnerability text) on commit drop`.execute(tx);
  await sql`
    with gone as (
      delete from identification.rating_record where publisher = ${publisher} returning vulnerability
    )
    insert into rating_touched select distinct vulnerability from gone
  `.execute(tx);
}

/** Everything that is said of one vulnerability. */
export interface SaidOf {
  readonly vulnerability: string;
  readonly ratings: readonly Rating[];
  readonly points: readonly SsvcPoint[];
}

/** Of the next of the touched vulnerabilities, in their order. */
export async function readTouched(tx: Tx, after: string, limit: number): Promise<SaidOf[]> {
  const { rows } = await sql<{
    vulnerability: string;
    ratings: readonly (readonly Rating[])[];
    points: readonly (readonly SsvcPoint[])[];
  }>`
    with taken as materialized (
      select vulnerability from rating_touched where vulnerability > ${after} order by vulnerability limit ${limit}
    )
    select taken.vulnerability,
      coalesce(jsonb_agg(record.ratings) filter (where not record.rejected), '[]') as ratings,
      coalesce(jsonb_agg(record.points) filter (where not record.rejected), '[]') as points
    from taken left join identification.rating_record as record using (vulnerability)
    group by taken.vulnerability order by taken.vulnerability
  `.execute(tx);
  return rows.map(({ vulnerability, ratings, points }) => ({
    ...{ vulnerability, ratings: ratings.flat(), points: points.flat() },
  }));
}

/** Of one vulnerability, for whoever wants to see it. */
export async function readSaidOf(reader: Reader, vulnerability: string): Promise<SaidOf> {
  const rows = await reader
    .selectFrom('identification.rating_record')
    .select(['ratings', 'points'])
    .where('vulnerability', '=', vulnerability)
    .where('rejected', '=', false)
    .orderBy('publisher')
    .orderBy('record')
    .$castTo<{ readonly ratings: readonly Rating[]; readonly points: readonly SsvcPoint[] }>()
    .execute();
  return {
    vulnerability,
    ratings: rows.flatMap(({ ratings }) => ratings),
    points: rows.flatMap(({ points }) => points),
  };
}

/** A row of identification.vulnerability_rating, as the database reads it from JSON. */
export interface BelievedRow extends Counting {
  readonly vulnerability: string;
  readonly voices: string;
}

/**
 * What counts of those of these that some source version is affected by, locked: of the others nothing is urgent, and
 * nobody is told.
 */
export async function lockCounting(tx: Tx, vulnerabilities: readonly string[]): Promise<ReadonlyMap<string, Counting>> {
  const { rows } = await sql<Counting & { readonly vulnerability: string }>`
    select vulnerability, believed, ssvc from identification.vulnerability_rating as rated
    where vulnerability = any(${vulnerabilities}::text[]) and exists (
      select from identification.finding where finding.vulnerability = rated.vulnerability and finding.affected
    )
    order by vulnerability for update of rated
  `.execute(tx);
  return new Map(rows.map(({ vulnerability, believed, ssvc }) => [vulnerability, { believed, ssvc }]));
}

/** Writes what differs, and says of which vulnerabilities. */
export async function storeBelieved(tx: Tx, rows: readonly BelievedRow[]): Promise<string[]> {
  const { rows: written } = await sql<{ vulnerability: string }>`
    insert into identification.vulnerability_rating as known (vulnerability, voices, believed, ssvc)
    select vulnerability, voices, believed, ssvc
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as row (vulnerability text, voices text, believed jsonb, ssvc jsonb)
    on conflict (vulnerability) do update set
      voices = excluded.voices, believed = excluded.believed, ssvc = excluded.ssvc
    where (known.voices, known.believed, known.ssvc) is distinct from (excluded.voices, excluded.believed, excluded.ssvc)
    returning vulnerability
  `.execute(tx);
  return written.map(({ vulnerability }) => vulnerability);
}

/** Vulnerabilities whose rating was made by another order of whom to believe, as if they had been touched. */
export async function touchOtherwiseBelieved(tx: Tx, voices: string, limit: number): Promise<number> {
  await sql`create temporary table rating_touched (vulnerability text) on commit drop`.execute(tx);
  const { numAffectedRows } = await sql`
    insert into rating_touched select vulnerability from identification.vulnerability_rating where voices <> ${voices}
    order by vulnerability limit ${limit}
  `.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

export async function countRatingRecords(tx: Tx, publisher: string): Promise<number> {
  const { count } = await tx
    .selectFrom('identification.rating_record')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('publisher', '=', publisher)
    .executeTakeFirstOrThrow();
  return count;
}
