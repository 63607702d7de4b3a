import type { Hash, Instant, ReasonCode } from '@patchsteward/core/vocabulary';
import { timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';
import type { Origin, PackageIndex, Snapshot } from './origin.ts';

/** An origin with what became of it. */
export interface OriginRow extends Origin {
  readonly addedAt: Instant;
  readonly seen: { readonly date: Instant; readonly signed: string } | null;
  readonly snapshotId: string | null;
  readonly checkedAt: Instant | null;
  readonly failures: number;
  readonly problem: { readonly code: ReasonCode; readonly detail: string } | null;
}

export async function insertOrigin(tx: Tx, origin: Origin, at: Instant): Promise<boolean> {
  const { id, place, url, mirror, suite, components, architectures, fingerprints, keys } = origin;
  const inserted = await tx
    .insertInto('testing.origin')
    .values({ id, place, url, mirror, suite, components, architectures, fingerprints, keys, added_at: timestamp(at) })
    .onConflict((conflict) => conflict.columns(['place', 'suite']).where('removed_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function removeOrigin(tx: Tx, id: string, at: Instant): Promise<boolean> {
  const removed = await tx
    .updateTable('testing.origin')
    .set({ removed_at: timestamp(at) })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return removed !== undefined;
}

/** Those in force, by place and suite. */
export async function listOrigins(db: Reader): Promise<OriginRow[]> {
  const rows = await selectOrigins(db).orderBy('place').orderBy('suite').execute();
  return rows.map(originOf);
}

export async function readOrigin(db: Reader, id: string): Promise<OriginRow | undefined> {
  const row = await selectOrigins(db).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : originOf(row);
}

/** Whoever puts an index into force comes here first: two refreshes must not both believe that theirs is the newer. */
export async function lockOrigin(tx: Tx, id: string): Promise<OriginRow | undefined> {
  const row = await selectOrigins(tx).where('id', '=', id).forUpdate().executeTakeFirst();
  return row === undefined ? undefined : originOf(row);
}

function selectOrigins(db: Reader) {
  return db.selectFrom('testing.origin').selectAll().where('removed_at', 'is', null);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectOrigins>['execute']>>[number];

function originOf(row: Row): OriginRow {
  const { id, place, url, mirror, suite, components, architectures, fingerprints, keys, failures } = row;
  const { newest_date: date, newest_signed: signed, problem_code: code } = row;
  return {
    ...{ id, place, url, mirror, suite, components, architectures, fingerprints, keys, failures },
    addedAt: row.added_at,
    seen: date === null || signed === null ? null : { date, signed },
    snapshotId: row.snapshot_id,
    checkedAt: row.checked_at,
    // Written by us alone, from the closed list.
    problem: code === null ? null : { code: code as ReasonCode, detail: row.problem ?? '' },
  };
}

export async function storeProblem(
  tx: Tx,
  id: string,
  problem: { readonly code: ReasonCode; readonly detail: string; readonly failures: number },
  at: Instant,
): Promise<void> {
  const { code, detail, failures } = problem;
  await tx
    .updateTable('testing.origin')
    .set({ checked_at: timestamp(at), problem_code: code, problem: detail, failures })
    .where('id', '=', id)
    .execute();
}

/** The snapshot is in force from now on; one that was in force before and comes again is found, not doubled. */
export async function putInForce(
  tx: Tx,
  snapshot: Snapshot,
  indexes: readonly PackageIndex[],
  at: Instant,
): Promise<string> {
  const known = await tx
    .selectFrom('testing.index_snapshot')
    .select('id')
    .where('origin_id', '=', snapshot.originId)
    .where('release_hash', '=', snapshot.releaseHash)
    .executeTakeFirst();
  if (known === undefined) await insertSnapshot(tx, snapshot, indexes);
  const id = known?.id ?? snapshot.id;
  await tx
    .updateTable('testing.origin')
    .set({
      ...{ newest_date: timestamp(snapshot.date), newest_signed: snapshot.signedHash, snapshot_id: id },
      ...{ checked_at: timestamp(at), failures: 0, problem_code: null, problem: null },
    })
    .where('id', '=', snapshot.originId)
    .execute();
  return id;
}

async function insertSnapshot(tx: Tx, snapshot: Snapshot, indexes: readonly PackageIndex[]): Promise<void> {
  const { id, date, validUntil, publisher, suite, codename, signedBy, fetchedAt } = snapshot;
  await tx
    .insertInto('testing.index_snapshot')
    .values({
      ...{ id, publisher, suite, codename, origin_id: snapshot.originId },
      ...{ release_hash: snapshot.releaseHash, signed_hash: snapshot.signedHash, signed_by: signedBy },
      date: timestamp(date),
      valid_until: validUntil === null ? null : timestamp(validUntil),
      fetched_at: timestamp(fetchedAt),
    })
    .execute();
  if (indexes.length === 0) return;
  await tx
    .insertInto('testing.package_index')
    .values(
      indexes.map(({ path, component, hash, sizeBytes }) => ({
        ...{ snapshot_id: id, path, component, hash, size_bytes: sizeBytes },
      })),
    )
    .execute();
}

export interface StoredSnapshot extends Snapshot {
  readonly indexes: readonly PackageIndex[];
}

/** Every index that was ever verified of these origins, the newest first. */
export async function readSnapshots(db: Reader, originIds: readonly string[]): Promise<StoredSnapshot[]> {
  if (originIds.length === 0) return [];
  const rows = await db
    .selectFrom('testing.index_snapshot')
    .selectAll()
    .where('origin_id', 'in', originIds)
    .orderBy('date', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return withIndexes(db, rows.map(snapshotOf));
}

export async function readSnapshot(db: Reader, id: string): Promise<StoredSnapshot | undefined> {
  const row = await db.selectFrom('testing.index_snapshot').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : (await withIndexes(db, [snapshotOf(row)]))[0];
}

async function withIndexes(db: Reader, snapshots: readonly Snapshot[]): Promise<StoredSnapshot[]> {
  if (snapshots.length === 0) return [];
  const rows = await db
    .selectFrom('testing.package_index')
    .selectAll()
    .where(
      'snapshot_id',
      'in',
      snapshots.map(({ id }) => id),
    )
    .orderBy('path')
    .execute();
  return snapshots.map((snapshot) => ({
    ...snapshot,
    indexes: rows
      .filter((row) => row.snapshot_id === snapshot.id)
      // Hashes that we wrote as hashes.
      .map((row) => ({ path: row.path, component: row.component, hash: row.hash as Hash, sizeBytes: row.size_bytes })),
  }));
}

function snapshotOf(row: {
  readonly id: string;
  readonly origin_id: string;
  readonly release_hash: string;
  readonly signed_hash: string;
  readonly signed_by: readonly string[];
  readonly date: Instant;
  readonly valid_until: Instant | null;
  readonly publisher: string | null;
  readonly suite: string | null;
  readonly codename: string | null;
  readonly fetched_at: Instant;
}): Snapshot {
  const { id, date, publisher, suite, codename } = row;
  return {
    ...{ id, date, publisher, suite, codename },
    originId: row.origin_id,
    // Hashes that we wrote as hashes.
    releaseHash: row.release_hash as Hash,
    signedHash: row.signed_hash as Hash,
    signedBy: row.signed_by,
    validUntil: row.valid_until,
    fetchedAt: row.fetched_at,
  };
}
