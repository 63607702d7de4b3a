import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { EMPTY_TREE, growTree, openCheckpoint, rootOf, signCheckpoint, type Tree } from '@patchsteward/trust/merkle';
import type { Tx } from '../platform/database.ts';
import {
  type CheckpointRow,
  readCheckpointNote,
  readLastCheckpoint,
  readLeafHashes,
  storeCheckpoint,
} from './checkpoint-store.ts';

/** Hashes of one query. */
const HASHES_AT_ONCE_MAX = 10_000;

/** The name of the log in its checkpoints. */
export const RECORD_ORIGIN = 'patchsteward/record';

/** The database no longer holds what this server signed: somebody changed it behind our back. */
export class RecordTampered extends Error {
  constructor(detail: string) {
    super(`the record in the database is not the one that was signed: ${detail}`);
    this.name = 'RecordTampered';
  }
}

/** A note that was signed before, and the size of the record it speaks of. */
export interface Remembered {
  readonly size: number;
  readonly note: string;
}

interface Signing {
  readonly key: KeyObject;
  readonly at: Instant;
  /** What this server signed last, kept where a writer of the database cannot reach; null before the first. */
  readonly remembered: Remembered | null;
}

/**
 * Signs what the record is now, where it grew since the last time, and answers with the newest checkpoint. Never signs
 * on top of a record that is not the one it signed before. The caller holds the lock of the sequence, so that no other
 * server signs at the same moment.
 */
export async function makeCheckpoint(tx: Tx, { key, at, remembered }: Signing): Promise<Remembered | null> {
  if (remembered !== null && (await readCheckpointNote(tx, remembered.size)) !== remembered.note) {
    throw new RecordTampered(`the checkpoint of ${remembered.size} entries is gone or another`);
  }
  const last = await readLastCheckpoint(tx);
  let tree = last === undefined ? EMPTY_TREE : signedTree(last, key);
  for (;;) {
    const hashes = await readLeafHashes(tx, tree.size, HASHES_AT_ONCE_MAX);
    tree = growTree(tree, hashes);
    if (hashes.length < HASHES_AT_ONCE_MAX) break;
  }
  const previous = last?.size ?? 0;
  if (tree.size === previous) return last === undefined ? null : { size: last.size, note: last.note };
  const root = rootOf(tree);
  const note = signCheckpoint({ size: tree.size, root, previous, at }, RECORD_ORIGIN, key);
  await storeCheckpoint(tx, { size: tree.size, rootHash: root, at, note, peaks: tree.peaks });
  return { size: tree.size, note };
}

/** The tree to go on from: only one that our own signature stands under. */
function signedTree({ size, peaks, note }: CheckpointRow, key: KeyObject): Tree {
  // What the column holds is proved by the comparison that follows.
  const tree: Tree = { size, peaks: peaks as readonly Hash[] };
  const opened = openCheckpoint(note, createPublicKey(key));
  if (opened.kind === 'opened' && opened.checkpoint.size === size && opened.checkpoint.root === rootOf(tree))
    return tree;
  throw new RecordTampered(`the checkpoint of ${size} entries is not the one that was signed`);
}
