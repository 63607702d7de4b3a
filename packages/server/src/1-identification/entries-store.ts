import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import { Refusal } from '../platform/http/refusal.ts';
import type { FeedRows } from './feeds-rows.ts';
import type { MergeCounts } from './feeds-store.ts';
import type { MovedBy } from './held-store.ts';
import { holdClaims } from './judging-lock.ts';
import { holdListings } from './listings-hold.ts';

/** A catalog that lost this share of what was known was cut off, whatever its own words say. */
const REMOVED_SHARE_MAX = 0.5;
/** Below this many entries a share says nothing. */
const REMOVED_CHECKED_MIN = 100;

/** Brings the catalog of known exploited vulnerabilities to what its publisher says now, and marks who must be counted again. */
export async function mergeKnownExploited(
  tx: Tx,
  rows: FeedRows,
  { dueBinds, ...by }: MovedBy & { readonly dueBinds: boolean },
): Promise<MergeCounts> {
  await sql`
    create temporary table staged (vulnerability text, added date, due date, ransomware boolean, name text)
    on commit drop
  `.execute(tx);
  await stageCatalog(tx, rows);
  const counts = await mergeCatalog(
    tx,
    rows,
    { table: 'identification.known_exploited', columns: ['added', 'due', 'ransomware', 'name'], isNoted: true },
    () => holdListings(tx, { isComplete: rows.quarantined.length === 0, dueBinds }, by),
  );
  await holdClaims(tx);
  await sql`
    update identification.package_set set count_needed = true
    where id in (
      select package_set.id from identification.package_set
      where exists (
        select from merged
        join identification.finding on finding.vulnerability = merged.vulnerability
        join identification.package_set_source as source on source.source_version_id = finding.source_version_id
        where source.set_id = package_set.id
      )
      order by package_set.id for update of package_set
    )
  `.execute(tx);
  return counts;
}

async function stageCatalog(tx: Tx, { rows }: FeedRows): Promise<void> {
  for (const batch of rows) {
    await sql`insert into staged select * from json_populate_recordset(null::staged, ${batch}::json)`.execute(tx);
  }
  // What rows are found by is all that the planner asks about.
  await sql`analyze staged (vulnerability)`.execute(tx);
}

interface Catalog {
  readonly table: string;
  /** Beside `vulnerability`. */
  readonly columns: readonly string[];
  /** Whether the vulnerabilities that were written are left in the temporary table `merged`. */
  readonly isNoted: boolean;
}

/** Writes only rows that differ. `hold`: looks at what is staged before anything is written. */
export async function mergeCatalog(
  tx: Tx,
  { quarantined }: FeedRows,
  { table, columns, isNoted }: Catalog,
  hold: () => Promise<void> = () => Promise.resolve(),
): Promise<MergeCounts> {
  const known = sql.table(table);
  const names = sql.join(columns.map((column) => sql.ref(column)));
  const assignments = sql.join(columns.map((column) => sql`${sql.ref(column)} = staged.${sql.ref(column)}`));
  const stored = sql.join(columns.map((column) => sql`known.${sql.ref(column)}`));
  const read = sql.join(columns.map((column) => sql`staged.${sql.ref(column)}`));

  await sql`create temporary table merged (vulnerability text) on commit drop`.execute(tx);
  const isComplete = quarantined.length === 0;
  if (isComplete) await refuseCutOff(tx, table);
  await hold();
  const removed = isComplete ? await removeAbsent(tx, table) : 0;
  const write = (writing: RawBuilder<unknown>) => (isNoted ? noted(writing) : writing).execute(tx);
  const updated = await write(sql`
    update ${known} as known set ${assignments} from staged
    where known.vulnerability = staged.vulnerability and (${stored}) is distinct from (${read})
  `);
  const added = await write(sql`
    insert into ${known} as known (vulnerability, ${names})
    select staged.vulnerability, ${read} from staged
    where not exists (select from ${known} as before where before.vulnerability = staged.vulnerability)
    order by staged.vulnerability
  `);
  return { added: countOf(added), updated: countOf(updated), removed };
}

function noted(writing: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    with written as (${writing} returning known.vulnerability) insert into merged select vulnerability from written
  `;
}

/** A catalog that says less than before says it as something that was cut off does. */
async function refuseCutOff(tx: Tx, table: string): Promise<void> {
  const known = sql.table(table);
  const { rows } = await sql<{ known: number; absent: number }>`
    select count(*) as known, count(*) filter (where staged.vulnerability is null) as absent
    from ${known} as known left join staged on staged.vulnerability = known.vulnerability
  `.execute(tx);
  const { known: total, absent } = rows[0] ?? { known: 0, absent: 0 };
  if (total < REMOVED_CHECKED_MIN || absent <= total * REMOVED_SHARE_MAX) return;
  throw new Refusal('feed-unreadable', `The file leaves out ${absent} of the ${total} entries that are known.`);
}

/**
 * What a complete catalog does not name any more is gone. With records in quarantine it is not complete: what is
 * missing may be what could not be read.
 */
async function removeAbsent(tx: Tx, table: string): Promise<number> {
  const known = sql.table(table);
  const removed = await sql`
    with gone as (
      delete from ${known} as known
      where not exists (select from staged where staged.vulnerability = known.vulnerability)
      returning vulnerability
    )
    insert into merged select vulnerability from gone
  `.execute(tx);
  return countOf(removed);
}

export async function countEntries(tx: Tx, gives: 'known-exploited' | 'scores'): Promise<number> {
  const { count } = await tx
    .selectFrom(gives === 'known-exploited' ? 'identification.known_exploited' : 'identification.epss')
    .select((row) => row.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

function countOf(result: { readonly numAffectedRows?: bigint }): number {
  return Number(result.numAffectedRows ?? 0n);
}
