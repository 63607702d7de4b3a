import type { Hash } from '@patchsteward/core/vocabulary';
import { EMPTY_TREE, growTree, type LeafRange, rootOf } from '@patchsteward/trust/merkle';

/** Leaves of a block. A power of two, so that a whole block is a whole subtree of every record that has it. */
const BLOCK_LEAVES = 1_024;
/** Blocks of one query: some ten thousand hashes. */
const BLOCKS_AT_ONCE_MAX = 10;

/** Hashes of the leaves from one index up to before another. */
type ReadLeaves = (from: number, until: number) => Promise<readonly Hash[]>;

export interface RecordTree {
  /** The root over some leaves, as a proof has it. */
  readonly rangeRoot: (range: LeafRange) => Promise<Hash>;
}

/**
 * The record as a tree of which whole blocks are computed once: it only grows. A million entries are a thousand hashes
 * here, and a proof then reads two thousand leaves at most.
 */
export function createRecordTree(readLeaves: ReadLeaves): RecordTree {
  const blocks: Hash[] = [];

  async function readBlocks(count: number): Promise<void> {
    while (blocks.length < count) {
      const first = blocks.length;
      const until = Math.min(count, first + BLOCKS_AT_ONCE_MAX);
      const leaves = await readLeaves(first * BLOCK_LEAVES, until * BLOCK_LEAVES);
      // By its place: another request may have computed the same blocks in the meantime.
      for (let block = first; block < until; block += 1) {
        const start = (block - first) * BLOCK_LEAVES;
        blocks[block] = rootOf(growTree(EMPTY_TREE, leaves.slice(start, start + BLOCK_LEAVES)));
      }
    }
  }

  return {
    rangeRoot: async ({ start, end }) => {
      if (end - start < BLOCK_LEAVES) return rootOf(growTree(EMPTY_TREE, await readLeaves(start, end)));
      // A range of that many leaves begins where a block does. // RFC 6962 §2.1: k is a power of two
      const wholeBlocks = Math.floor(end / BLOCK_LEAVES);
      await readBlocks(wholeBlocks);
      const head = growTree(EMPTY_TREE, blocks.slice(start / BLOCK_LEAVES, wholeBlocks));
      const tail = growTree(EMPTY_TREE, await readLeaves(wholeBlocks * BLOCK_LEAVES, end));
      return rootOf({ size: end - start, peaks: [...head.peaks, ...tail.peaks] });
    },
  };
}
