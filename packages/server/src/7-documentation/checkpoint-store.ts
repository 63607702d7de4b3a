import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';

export interface CheckpointRow {
  readonly size: number;
  readonly rootHash: string;
  readonly at: Instant;
  readonly note: string;
  readonly peaks: readonly string[];
}

export async function readLastCheckpoint(reader: Reader): Promise<CheckpointRow | undefined> {
  const row = await reader
    .selectFrom('documentation.checkpoint')
    .selectAll()
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, rootHash: row.root_hash };
}

export async function readCheckpointNote(tx: Tx, size: number): Promise<string | undefined> {
  const row = await tx
    .selectFrom('documentation.checkpoint')
    .select('note')
    .where('size', '=', size)
    .executeTakeFirst();
  return row?.note;
}

/** Hashes of the entries from an index on, in order. */
export async function readLeafHashes(tx: Tx, from: number, limit: number): Promise<Hash[]> {
  const rows = await tx
    .selectFrom('documentation.leaf')
    .select('leaf_hash')
    .where('index', '>=', from)
    .orderBy('index')
    .limit(limit)
    .execute();
  // Written by hashLeaf alone, hence hashes.
  return rows.map((row) => row.leaf_hash as Hash);
}

/** The same up to before another index; fewer where some are missing. */
export async function readLeafHashesUntil(reader: Reader, from: number, until: number): Promise<Hash[]> {
  const rows = await reader
    .selectFrom('documentation.leaf')
    .select('leaf_hash')
    .where('index', '>=', from)
    .where('index', '<', until)
    .orderBy('index')
    .execute();
  return rows.map((row) => row.leaf_hash as Hash);
}

export async function storeCheckpoint(tx: Tx, { size, rootHash, at, note, peaks }: CheckpointRow): Promise<void> {
  await tx
    .insertInto('documentation.checkpoint')
    .values({ size, root_hash: rootHash, at: timestamp(at), note, peaks: [...peaks] })
    .execute();
}
