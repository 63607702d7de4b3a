import type { Hash } from '@patchsteward/core/vocabulary';
import { type FullTree, rangeRoot } from './full-tree.ts';
import { isCount } from './inclusion.ts';
import { EMPTY_ROOT, nodeHash } from './node-hash.ts';
import { consistencyRanges } from './ranges.ts';

/** The hashes that show that the first `from` leaves are still the first ones: PROOF(m, D[0:size]). // RFC 6962 §2.1.2 */
export function consistencyProof(tree: FullTree, from: number, size = tree.size): readonly Hash[] {
  if (size > tree.size) throw new RangeError(`No tree of ${size} within one of ${tree.size}.`);
  return consistencyRanges(from, size).map(({ start, end }) => rangeRoot(tree, start, end));
}

export interface ConsistencyClaim {
  readonly from: { readonly size: number; readonly root: Hash };
  readonly to: { readonly size: number; readonly root: Hash };
  readonly proof: readonly Hash[];
}

/** // RFC 9162 §2.1.4.2, step by step; every tree continues the empty one, and itself. */
export function verifyConsistency({ from, to, proof }: ConsistencyClaim): boolean {
  if (!isCount(from.size) || !isCount(to.size) || from.size > to.size) return false;
  if (from.size === 0) return proof.length === 0 && from.root === EMPTY_ROOT;
  if (from.size === to.size) return proof.length === 0 && from.root === to.root;
  const path = isPowerOfTwo(from.size) ? [from.root, ...proof] : [...proof];
  const first = path.shift();
  if (first === undefined || path.length === 0) return false;

  let [fn, sn] = [from.size - 1, to.size - 1];
  while (fn % 2 === 1) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  let [old, grown] = [first, first];
  for (const sibling of path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      [old, grown] = [nodeHash(sibling, old), nodeHash(sibling, grown)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)];
    } else {
      grown = nodeHash(grown, sibling);
    }
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 && old === from.root && grown === to.root;
}

function isPowerOfTwo(count: number): boolean {
  return 2 ** Math.round(Math.log2(count)) === count;
}
