import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { type StoredInstant, timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';

/** A document of a provider as it was taken last. */
export interface TakenDocument {
  readonly url: string;
  readonly document: string;
  readonly version: string;
  readonly releasedAt: Instant;
  readonly changedAt: Instant | null;
  readonly sha256: string;
  /** The version of the reader that read it. */
  readonly reader: number;
  readonly checkedBy: 'signature' | 'hash' | 'nothing';
}

/** The fingerprints of the keys that an administrator pinned for a feed, sorted. */
export async function readPinnedKeys(reader: Reader, feed: string): Promise<readonly string[]> {
  const rows = await reader
    .selectFrom('identification.feed_key')
    .select('fingerprint')
    .where('feed', '=', feed)
    .orderBy('fingerprint')
    .execute();
  return rows.map(({ fingerprint }) => fingerprint);
}

/** Sets the pinned keys of a feed; what was pinned under its name before is pinned no more. */
export async function putPinnedKeys(tx: Tx, feed: string, fingerprints: readonly string[]): Promise<void> {
  await tx.deleteFrom('identification.feed_key').where('feed', '=', feed).execute();
  if (fingerprints.length === 0) return;
  const rows = [...new Set(fingerprints)].map((fingerprint) => ({ feed, fingerprint }));
  await tx.insertInto('identification.feed_key').values(rows).execute();
}

/** What was taken for a feed; with `hashes` only the documents of these bytes. */
export async function readTakenDocuments(
  reader: Reader,
  feed: string,
  hashes?: readonly string[],
): Promise<readonly TakenDocument[]> {
  const { rows } = await sql<{
    url: string;
    document: string;
    version: string;
    released_at: StoredInstant;
    changed_at: StoredInstant | null;
    sha256: string;
    reader: number;
    checked_by: TakenDocument['checkedBy'];
  }>`
    select url, document, version, released_at, changed_at, sha256, reader, checked_by
    from identification.provider_document
    where feed = ${feed} ${hashes === undefined ? sql`` : sql`and sha256 = any(${hashes}::text[])`}
  `.execute(reader);
  return rows.map(({ released_at: releasedAt, changed_at: changedAt, checked_by: checkedBy, ...rest }) => ({
    ...rest,
    releasedAt,
    changedAt,
    checkedBy,
  }));
}

/** One statement keeps this many. */
const DOCUMENTS_PER_BATCH = 1_000;

export async function putTakenDocuments(
  tx: Tx,
  feed: string,
  documents: readonly TakenDocument[],
  at: Instant,
): Promise<void> {
  // One statement writes a row once: of two revisions in one import the later one stands.
  const last = [...new Map(documents.map((one) => [one.url, one])).values()];
  for (let start = 0; start < last.length; start += DOCUMENTS_PER_BATCH) {
    const rows = last.slice(start, start + DOCUMENTS_PER_BATCH).map((one) => ({
      ...{ feed, url: one.url, document: one.document, version: one.version, sha256: one.sha256 },
      released_at: timestamp(one.releasedAt),
      changed_at: one.changedAt === null ? null : timestamp(one.changedAt),
      fetched_at: timestamp(at),
      reader: one.reader,
      checked_by: one.checkedBy,
    }));
    await tx
      .insertInto('identification.provider_document')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['feed', 'url']).doUpdateSet((row) => ({
          document: row.ref('excluded.document'),
          version: row.ref('excluded.version'),
          released_at: row.ref('excluded.released_at'),
          changed_at: row.ref('excluded.changed_at'),
          sha256: row.ref('excluded.sha256'),
          fetched_at: row.ref('excluded.fetched_at'),
          reader: row.ref('excluded.reader'),
          checked_by: row.ref('excluded.checked_by'),
        })),
      )
      .execute();
  }
}

/** Keeps the pinned ones of these keys, as their provider serves them now. */
export async function putCertificates(
  reader: Reader,
  feed: string,
  certificates: readonly { readonly fingerprint: string; readonly armored: string }[],
): Promise<void> {
  for (const { fingerprint, armored } of certificates) {
    await reader
      .updateTable('identification.feed_key')
      .set({ certificate: armored })
      .where('feed', '=', feed)
      .where('fingerprint', '=', fingerprint)
      .execute();
  }
}

/** The pinned keys that are kept, armored. */
export async function readCertificateTexts(reader: Reader, feed: string): Promise<readonly string[]> {
  const rows = await reader
    .selectFrom('identification.feed_key')
    .select('certificate')
    .where('feed', '=', feed)
    .orderBy('fingerprint')
    .execute();
  return rows.flatMap(({ certificate }) => certificate ?? []);
}

/** A feed that is forgotten takes all of it again when it comes back. */
export async function forgetTakenDocuments(tx: Tx, feed: string): Promise<void> {
  await tx.deleteFrom('identification.provider_document').where('feed', '=', feed).execute();
}
