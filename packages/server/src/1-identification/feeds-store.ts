import type { Instant } from '@patchsteward/core/vocabulary';
import { FEED_IDS, type FeedId, type Quarantined } from '@patchsteward/feeds';
import { sql } from 'kysely';
import { json, type StoredInstant, timestamp } from '../platform/column-types.ts';
import type { Db, Reader, Tx } from '../platform/database.ts';

/** What an import changed, in records. */
export interface MergeCounts {
  readonly added: number;
  readonly updated: number;
  readonly removed: number;
}

export interface FeedRow {
  readonly id: string;
  readonly data_as_of: StoredInstant | null;
  readonly confirmed_at: StoredInstant | null;
  readonly imported_at: StoredInstant | null;
  readonly sha256: string | null;
  readonly etag: string | null;
  readonly reader: number | null;
  readonly records: number;
  readonly quarantined: number;
  readonly failures: number;
  readonly last_error: string | null;
}

/** Enough of an error to act on it. */
const LAST_ERROR_CHARACTERS_MAX = 1_000;
/** Records in quarantine that are kept one by one; beyond, their number says enough. */
export const QUARANTINE_KEPT_MAX = 100;

/** Advisory locks of imports, in a space of their own. // PostgreSQL §13.3.5 */
const IMPORT_LOCK_SPACE = 0x7073_0010;

export async function readFeedRows(reader: Reader): Promise<ReadonlyMap<string, FeedRow>> {
  const rows = await reader
    .selectFrom('identification.feed')
    .select([
      'id',
      'data_as_of',
      'confirmed_at',
      'imported_at',
      'sha256',
      'etag',
      'reader',
      'records',
      'quarantined',
      'failures',
      'last_error',
    ])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Runs `work` while no other server imports this feed. The lock belongs to a connection, so that it is gone with a
 * server that dies. Answers `busy` where somebody else has it.
 */
export async function whileImporting<T>(
  db: Db,
  feed: FeedId,
  work: () => Promise<T>,
): Promise<{ readonly kind: 'busy' } | { readonly kind: 'done'; readonly value: T }> {
  const number = FEED_IDS.indexOf(feed);
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{ held: boolean }>`
      select pg_try_advisory_lock(${IMPORT_LOCK_SPACE}::integer, ${number}::integer) as held
    `.execute(connection);
    if (rows[0]?.held !== true) return { kind: 'busy' };
    try {
      return { kind: 'done', value: await work() };
    } finally {
      await sql`select pg_advisory_unlock(${IMPORT_LOCK_SPACE}::integer, ${number}::integer)`.execute(connection);
    }
  });
}

/** The feed's row exists from the first attempt on, so that a failure has a place too. */
export async function keepFeed(reader: Reader, feed: FeedId): Promise<void> {
  await reader
    .insertInto('identification.feed')
    .values({ id: feed })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export interface ImportedFeed {
  readonly feed: FeedId;
  readonly at: Instant;
  readonly sha256: string;
  readonly etag: string | null;
  /** When its origin served these bytes; null: they came from a file. */
  readonly confirmedAt: Instant | null;
  readonly dataAsOf: Instant | null;
  readonly reader: number;
  /** Known now; of this feed the file may be a part only. */
  readonly records: number;
  readonly quarantined: readonly Quarantined[];
}

function later(dataAsOf: Instant) {
  return sql<StoredInstant>`greatest(data_as_of, ${timestamp(dataAsOf)})`;
}

export async function storeImported(tx: Tx, imported: ImportedFeed): Promise<void> {
  await tx
    .updateTable('identification.feed')
    .set({
      // A file of an earlier day may still bring revisions that are new here; the data is as new as its newest part.
      ...(imported.dataAsOf === null ? {} : { data_as_of: later(imported.dataAsOf) }),
      confirmed_at: imported.confirmedAt === null ? null : timestamp(imported.confirmedAt),
      imported_at: timestamp(imported.at),
      attempted_at: timestamp(imported.at),
      sha256: imported.sha256,
      etag: imported.etag,
      reader: imported.reader,
      records: imported.records,
      quarantined: imported.quarantined.length,
      quarantine: json(imported.quarantined.slice(0, QUARANTINE_KEPT_MAX).map((one) => ({ ...one }))),
      failures: 0,
      last_error: null,
    })
    .where('id', '=', imported.feed)
    .execute();
}

/** Nothing new: the bytes are those of the last import. `confirmedAt` where their origin said so itself. */
export async function storeConfirmed(
  reader: Reader,
  feed: FeedId,
  at: Instant,
  confirmed: { readonly etag: string | null } | null,
): Promise<void> {
  await reader
    .updateTable('identification.feed')
    .set({
      attempted_at: timestamp(at),
      failures: 0,
      last_error: null,
      ...(confirmed === null ? {} : { confirmed_at: timestamp(at), etag: confirmed.etag }),
    })
    .where('id', '=', feed)
    .execute();
}

/** What was imported before stays; the failure stands beside it. */
export async function storeFailure(reader: Reader, feed: FeedId, at: Instant, problem: string): Promise<void> {
  await keepFeed(reader, feed);
  await reader
    .updateTable('identification.feed')
    .set((row) => ({
      attempted_at: timestamp(at),
      failures: row('failures', '+', 1),
      last_error: problem.slice(0, LAST_ERROR_CHARACTERS_MAX),
    }))
    .where('id', '=', feed)
    .execute();
}
