import type { Hash } from '@patchsteward/core/vocabulary';
import { EMPTY_ROOT, nodeHash } from './node-hash.ts';

/**
 * A tree as far as growing it needs: the roots of its complete subtrees, the largest first. They are as many as `size`
 * has ones in binary, so a log of any length grows by a few hashes an entry. // RFC 6962 §2.1
 */
export interface Tree {
  readonly size: number;
  readonly peaks: readonly Hash[];
}

export const EMPTY_TREE: Tree = { size: 0, peaks: [] };

export function growTree(tree: Tree, leafHashes: Iterable<Hash>): Tree {
  const peaks = [...tree.peaks];
  let { size } = tree;
  for (const leaf of leafHashes) {
    let grown = leaf;
    // A one at the end of the old size is a complete subtree as large as what was just built.
    for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) grown = nodeHash(takeLast(peaks), grown);
    peaks.push(grown);
    size += 1;
  }
  return { size, peaks };
}

export function rootOf({ peaks }: Tree): Hash {
  const last = peaks.at(-1);
  if (last === undefined) return EMPTY_ROOT;
  return peaks.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last);
}

function takeLast(peaks: Hash[]): Hash {
  const last = peaks.pop();
  if (last === undefined) throw new RangeError('The peaks of this tree do not belong to its size.');
  return last;
}
