import type { Hash } from '@patchsteward/core/vocabulary';
import { EMPTY_ROOT, nodeHash } from './node-hash.ts';

/** Every complete subtree of a list of leaves: `levels[k][i]` covers the 2^k leaves from i·2^k on. */
export interface FullTree {
  readonly size: number;
  readonly levels: readonly (readonly Hash[])[];
}

export function fullTree(leafHashes: readonly Hash[]): FullTree {
  const levels: (readonly Hash[])[] = [leafHashes];
  let below = leafHashes;
  while (below.length > 1) {
    const level: Hash[] = [];
    for (let index = 0; index + 1 < below.length; index += 2) {
      level.push(nodeHash(at(below, index), at(below, index + 1)));
    }
    levels.push(level);
    below = level;
  }
  return { size: leafHashes.length, levels };
}

/** MTH(D[start:end]). // RFC 6962 §2.1 */
export function rangeRoot(tree: FullTree, start: number, end: number): Hash {
  if (start === end) return EMPTY_ROOT;
  const count = end - start;
  const half = splitOf(count);
  const complete = count === 1 || half * 2 === count;
  if (complete && start % count === 0) return at(tree.levels[Math.log2(count)] ?? [], start / count);
  return nodeHash(rangeRoot(tree, start, start + half), rangeRoot(tree, start + half, end));
}

/** The largest power of two below n. // RFC 6962 §2.1 */
export function splitOf(count: number): number {
  let half = 1;
  while (half * 2 < count) half *= 2;
  return half;
}

function at(hashes: readonly Hash[], index: number): Hash {
  const found = hashes[index];
  if (found === undefined) throw new RangeError(`No subtree ${index} on this level of the tree.`);
  return found;
}
