import type { Instant } from '@patchsteward/core/vocabulary';
import type { Quarantined } from '@patchsteward/feeds';
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
  /** null: as the table of known feeds has it. */
  readonly enabled: boolean | null;
  /** Of a feed that was added here; null: a known one. */
  readonly form: string | null;
  readonly url: string | null;
  readonly title: string | null;
  readonly removed_at: StoredInstant | null;
  /** When it is asked for again by itself; null: never. */
  readonly next_attempt_at: StoredInstant | null;
}

/** The wish to fetch a feed, and the timer that makes it. */
export const FETCH_TIMER_KIND = 'feed.fetch';

/** Enough of an error to act on it. */
const LAST_ERROR_CHARACTERS_MAX = 1_000;
/** Records in quarantine that are kept one by one; beyond, their number says enough. */
export const QUARANTINE_KEPT_MAX = 100;

/** Advisory locks of imports, in a space of their own. // PostgreSQL §13.3.5 */
const IMPORT_LOCK_SPACE = 0x7073_0010;

export async function readFeedRows(reader: Reader): Promise<ReadonlyMap<string, FeedRow>> {
  const { rows } = await sql<FeedRow>`
    select feed.id, data_as_of, confirmed_at, imported_at, sha256, etag, reader, records, quarantined, failures, last_error,
      enabled, form, url, title, removed_at, timer.due as next_attempt_at
    from identification.feed
    left join campaign.timer on timer.kind = ${FETCH_TIMER_KIND} and timer.subject = feed.id
  `.execute(reader);
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Runs `work` while no other server imports this feed. The lock belongs to a connection, so that it is gone with a
 * server that dies. Answers `busy` where somebody else has it.
 */
export async function whileImporting<T>(
  db: Db,
  feed: string,
  work: () => Promise<T>,
): Promise<{ readonly kind: 'busy' } | { readonly kind: 'done'; readonly value: T }> {
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{ held: boolean }>`
      select pg_try_advisory_lock(${IMPORT_LOCK_SPACE}::integer, hashtext(${feed})) as held
    `.execute(connection);
    if (rows[0]?.held !== true) return { kind: 'busy' };
    try {
      return { kind: 'done', value: await work() };
    } finally {
      await sql`select pg_advisory_unlock(${IMPORT_LOCK_SPACE}::integer, hashtext(${feed}))`.execute(connection);
    }
  });
}

/** The feed's row exists from the first attempt on, so that a failure has a place too. */
export async function keepFeed(reader: Reader, feed: string): Promise<void> {
  await reader
    .insertInto('identification.feed')
    .values({ id: feed })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export interface OwnFeed {
  readonly id: string;
  readonly form: string;
  readonly url: string;
  readonly title: string;
  readonly at: Instant;
}

/** False: there is one of this name. One that was removed may come back as another. */
export async function putOwnFeed(tx: Tx, { id, form, url, title, at }: OwnFeed): Promise<boolean> {
  const added = { form, url, title, added_at: timestamp(at), enabled: true, removed_at: null };
  const result = await tx
    .insertInto('identification.feed')
    .values({ id, ...added })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet(added).where(sql.ref('feed.removed_at'), 'is not', null),
    )
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function putFeedEnabled(tx: Tx, feed: string, enabled: boolean): Promise<void> {
  await keepFeed(tx, feed);
  await tx.updateTable('identification.feed').set({ enabled }).where('id', '=', feed).execute();
}

/** As if nothing had ever been imported; a feed that was added here is not seen any more. */
export async function forgetFeed(tx: Tx, feed: string, at: Instant): Promise<void> {
  await keepFeed(tx, feed);
  await tx.deleteFrom('identification.feed_file').where('feed', '=', feed).execute();
  await sql`
    update identification.feed set
      enabled = false, data_as_of = null, confirmed_at = null, imported_at = null, sha256 = null, etag = null,
      reader = null, records = 0, quarantined = 0, quarantine = '[]', failures = 0, last_error = null,
      removed_at = case when form is null then null else ${timestamp(at)} end
    where id = ${feed}
  `.execute(tx);
}

export interface ImportedFeed {
  readonly feed: string;
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

/** Remembers a file by its bytes, or by what it says. False: it was imported before. */
export async function keepFile(tx: Tx, { feed, sha256, at }: Pick<ImportedFeed, 'feed' | 'sha256' | 'at'>) {
  const result = await tx
    .insertInto('identification.feed_file')
    .values({ feed, sha256, imported_at: timestamp(at) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Nothing new: the bytes are those of the last import. `confirmedAt` where their origin said so itself. */
export async function storeConfirmed(
  reader: Reader,
  feed: string,
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
export async function storeFailure(reader: Reader, feed: string, at: Instant, problem: string): Promise<void> {
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

/** What was set aside, beside what the last import of the feed says of it by itself. */
export async function storeQuarantine(
  reader: Reader,
  feed: string,
  quarantined: readonly Quarantined[],
  total: number,
): Promise<void> {
  await reader
    .updateTable('identification.feed')
    .set({
      quarantined: total,
      quarantine: json(quarantined.slice(0, QUARANTINE_KEPT_MAX).map((one) => ({ ...one }))),
    })
    .where('id', '=', feed)
    .execute();
}

/** What the last import could not use, the first of it. */
export async function readQuarantine(reader: Reader, feed: string): Promise<readonly Quarantined[]> {
  const { rows } = await sql<{ record: string; problem: string }>`
    select one.record, one.problem from identification.feed, jsonb_to_recordset(quarantine) as one (record text, problem text)
    where id = ${feed}
  `.execute(reader);
  return rows;
}

export async function readScopes(reader: Reader, feed: string): Promise<string[]> {
  const rows = await reader
    .selectFrom('identification.feed_scope')
    .select('scope')
    .where('feed', '=', feed)
    .orderBy('scope')
    .execute();
  return rows.map(({ scope }) => scope);
}
