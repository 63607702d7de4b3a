import type { RecordConsistency, RecordProof } from '@patchsteward/contract';
import type { Hash } from '@patchsteward/core/vocabulary';
import { consistencyRanges, inclusionRanges, type LeafRange } from '@patchsteward/trust/merkle';
import type { Db } from '../platform/database.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { type CheckpointRow, readLastCheckpoint, readLeafHashesUntil } from './checkpoint-store.ts';
import { type ProvedEntry, readEntry } from './entry-store.ts';
import { createRecordTree, type RecordTree } from './record-tree.ts';

interface ProofParts {
  readonly db: Db;
  /** Base64 of the key that signs checkpoints. */
  readonly key: string;
  /** Gives every committed entry its place and signs what the record is now. */
  readonly settle: () => Promise<unknown>;
}

/** Proofs that browsers and auditors compute again. They are made of hashes alone: nothing here needs to be believed. */
export function createProofs({ db, key, settle }: ProofParts) {
  const tree = createRecordTree(async (from, until) => {
    const hashes = await readLeafHashesUntil(db, from, until);
    if (hashes.length !== until - from) throw unproved('entries are missing from the record in the database');
    return hashes;
  });

  return {
    /** Of an entry against the newest checkpoint; where none covers it yet, one is made. */
    prove: async (id: string): Promise<RecordProof> => {
      const { entry, last } = await coveredEntry(db, id, settle);
      return {
        entry: { ...entry, at: new Date(entry.at).toISOString(), salt: entry.salt.toString('base64') },
        key,
        checkpoint: checkpointBody(last),
        path: await rootsOf(tree, inclusionRanges(entry.index, last.size)),
      };
    },
    consistency: async (from: number): Promise<RecordConsistency> => {
      const last = await readLastCheckpoint(db);
      if (last === undefined) throw unproved('no checkpoint was signed yet');
      if (from > last.size) throw unproved(`the record has ${last.size} signed entries, not ${from}`);
      return { from, checkpoint: checkpointBody(last), path: await rootsOf(tree, consistencyRanges(from, last.size)) };
    },
  };
}

async function coveredEntry(db: Db, id: string, settle: ProofParts['settle']) {
  const found = covered(await readEntry(db, id), await readLastCheckpoint(db));
  if (found !== undefined) return found;
  await settle();
  const entry = await readEntry(db, id);
  if (entry === undefined) throw new Refusal('not-found', `The record has no entry ${id}.`);
  const settled = covered(entry, await readLastCheckpoint(db));
  // The server signs nothing on top of a record that is not the one it signed before.
  if (settled === undefined) throw unproved('this entry stands under no signed checkpoint');
  return settled;
}

function covered(entry: ProvedEntry | undefined, last: CheckpointRow | undefined) {
  if (entry === undefined || entry.index === null || last === undefined || entry.index >= last.size) return undefined;
  return { entry: { ...entry, index: entry.index }, last };
}

async function rootsOf(tree: RecordTree, ranges: readonly LeafRange[]): Promise<Hash[]> {
  const roots: Hash[] = [];
  for (const range of ranges) roots.push(await tree.rangeRoot(range));
  return roots;
}

function checkpointBody({ size, rootHash, at, note }: CheckpointRow) {
  return { size, root: rootHash, at: new Date(at).toISOString(), note };
}

function unproved(problem: string): Refusal {
  return new Refusal('record-unproved', `This cannot be proved: ${problem}.`);
}
