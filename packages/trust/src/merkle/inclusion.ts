import type { Hash } from '@patchsteward/core/vocabulary';
import { type FullTree, rangeRoot } from './full-tree.ts';
import { nodeHash } from './node-hash.ts';
import { inclusionRanges } from './ranges.ts';

/** The hashes that lead from a leaf to the root: PATH(m, D[0:size]). // RFC 6962 §2.1.1 */
export function inclusionProof(tree: FullTree, index: number, size = tree.size): readonly Hash[] {
  if (size > tree.size) throw new RangeError(`No tree of ${size} within one of ${tree.size}.`);
  return inclusionRanges(index, size).map(({ start, end }) => rangeRoot(tree, start, end));
}

export interface InclusionClaim {
  readonly leaf: Hash;
  readonly index: number;
  readonly size: number;
  readonly proof: readonly Hash[];
  readonly root: Hash;
}

/** // RFC 9162 §2.1.3.2, step by step. */
export function verifyInclusion({ leaf, index, size, proof, root }: InclusionClaim): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  let [fn, sn, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash);
      // Up to where this node is a right child again: the missing right siblings of a ragged edge.
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 && hash === root;
}

export function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
