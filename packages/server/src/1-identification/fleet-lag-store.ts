import type { Instant } from '@patchsteward/core/vocabulary';
import { type RawBuilder, sql } from 'kysely';
import type { Reader, Tx } from '../platform/database.ts';

const WAITS = sql<boolean>`(
  exists (select from identification.source_version where judge_needed)
  or exists (select from identification.package_set where count_needed)
)`;

/** Whether anything waits for its judgment, or its set for its count; what somebody judges at this moment still waits. */
export async function isJudgingOpen(reader: Reader): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`select ${WAITS} as waits`.execute(reader);
  return rows[0]?.waits === true;
}

/** Of a column of transactions: written by one that the last count did not see. */
function unseen(column: RawBuilder<unknown>) {
  return sql`${column} >= pg_snapshot_xmin(last.seen) and not pg_visible_in_snapshot(${column}, last.seen)`;
}

/** Asked for in order, because the planner takes what merely exists for frequent, and would read the whole table. */
function anyUnseen(table: RawBuilder<unknown>) {
  return sql`(
    select written.changed_in from ${table} as written where ${unseen(sql`written.changed_in`)}
    order by written.changed_in desc limit 1
  ) is not null`;
}

/**
 * Judged or counted since the last count, or wished for since then. What the count saw comes from this very cluster: in
 * one that was restored from a dump transactions begin at lower numbers, and all of them would look seen.
 */
const IS_BEHIND = sql<boolean>`(${WAITS} or case
  when last.seen is null or pg_snapshot_xmax(last.seen) > pg_snapshot_xmax(pg_current_snapshot())
    then exists (select from identification.check_in) or exists (select from campaign.outbox where kind = 'fleet')
  else ${anyUnseen(sql`identification.source_version`)} or ${anyUnseen(sql`identification.package_set`)}
    or exists (select from campaign.outbox where kind = 'fleet' and ${unseen(sql`outbox.changed_in`)})
end or exists (select from campaign.timer where kind = 'fleet' and subject = 'fleet'))`;

/** Whether the lists over the fleet show less, or more, than is known by now. */
export async function isFleetBehind(reader: Reader): Promise<boolean> {
  return (await readLag(reader)).isBehind;
}

interface LagRow {
  readonly isBehind: boolean;
  readonly askedAt: Instant | null;
  readonly countedAt: Instant | null;
}

const LAG_COLUMNS = sql`
  ${IS_BEHIND} as "isBehind", last.counted_at as "countedAt", (
    select min(created_at) from campaign.outbox where kind in ('rejudge', 'fleet')
  ) as "askedAt"
`;
const LAST_COUNT = sql`(select) as one left join identification.fleet_count as last on true`;

async function readLag(reader: Reader): Promise<LagRow> {
  const { rows } = await sql<LagRow>`select ${LAG_COLUMNS} from ${LAST_COUNT}`.execute(reader);
  return rows[0] ?? { isBehind: false, askedAt: null, countedAt: null };
}

/** When the lists over the fleet were counted last, and since when they wait to be counted again. */
export interface FleetCount {
  /** null: never. */
  readonly countedAt: Instant | null;
  /** null: they show all that is known. */
  readonly countingSince: Instant | null;
}

export async function readFleetCount(reader: Reader, now: Instant): Promise<FleetCount> {
  return countOf(await readLag(reader), now);
}

/** The same with the releases on which something is found; there are a few dozen at most. */
export async function readFleetCountAndScopes(
  reader: Reader,
  now: Instant,
): Promise<FleetCount & { readonly scopes: string[] }> {
  const { rows } = await sql<LagRow & { scopes: string[] }>`
    select ${LAG_COLUMNS}, array(
      select distinct scope from identification.feed_scope
      where scope in (select scope from identification.package_set) order by scope
    ) as scopes
    from ${LAST_COUNT}
  `.execute(reader);
  const row = rows[0] ?? { isBehind: false, askedAt: null, countedAt: null, scopes: [] };
  return { ...countOf(row, now), scopes: row.scopes };
}

function countOf({ isBehind, askedAt, countedAt }: LagRow, now: Instant): FleetCount {
  const counted = countedAt === Number.NEGATIVE_INFINITY ? null : countedAt;
  return { countedAt: counted, countingSince: isBehind ? (askedAt ?? counted ?? now) : null };
}

/** What a count that begins now will see at least, as the database writes it. */
export async function readSeen(tx: Tx): Promise<string> {
  const { rows } = await sql<{ seen: string }>`select pg_current_snapshot()::text as seen`.execute(tx);
  if (rows[0] === undefined) throw new TypeError('PostgreSQL told no snapshot');
  return rows[0].seen;
}
