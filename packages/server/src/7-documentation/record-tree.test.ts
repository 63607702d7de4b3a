import { sha256 } from '@patchsteward/trust';
import {
  consistencyRanges,
  EMPTY_TREE,
  fullTree,
  growTree,
  inclusionProof,
  inclusionRanges,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from '@patchsteward/trust/merkle';
import { describe, expect, it } from 'vitest';
import { createRecordTree } from './record-tree.ts';

const LEAVES = Array.from({ length: 3_333 }, (_, index) => sha256(`leaf ${index}`));
const TREE = fullTree(LEAVES);

function counted() {
  let read = 0;
  const tree = createRecordTree(async (from, until) => {
    read += until - from;
    return LEAVES.slice(from, until);
  });
  return { tree, read: () => read };
}

describe('a proof from blocks is the proof from all leaves', () => {
  const sizes = [1, 2, 1_023, 1_024, 1_025, 2_048, 2_049, 3_072, 3_333];

  it.each(sizes)('of %i', async (size) => {
    const { tree } = counted();
    const root = rootOf(growTree(EMPTY_TREE, LEAVES.slice(0, size)));
    for (const index of new Set([0, 1, 511, 1_023, 1_024, 2_047, 3_071, size - 1].filter((each) => each < size))) {
      const path = await Promise.all(inclusionRanges(index, size).map(tree.rangeRoot));
      expect(path).toEqual(inclusionProof(TREE, index, size));
      expect(verifyInclusion({ leaf: LEAVES[index] ?? sha256(''), index, size, proof: path, root })).toBe(true);
    }
  });

  it.each(sizes)('that %i entries are the beginning of all', async (from) => {
    const { tree } = counted();
    const proof = await Promise.all(consistencyRanges(from, LEAVES.length).map(tree.rangeRoot));
    const headOf = (size: number) => ({ size, root: rootOf(growTree(EMPTY_TREE, LEAVES.slice(0, size))) });
    expect(verifyConsistency({ from: headOf(from), to: headOf(LEAVES.length), proof })).toBe(true);
  });
});

it('a second proof reads no whole block again', async () => {
  const { tree, read } = counted();
  for (const range of inclusionRanges(3_000, 3_333)) await tree.rangeRoot(range);
  const before = read();
  for (const range of inclusionRanges(3_001, 3_333)) await tree.rangeRoot(range);
  expect(read() - before).toBeLessThan(2 * 1_024);
});
