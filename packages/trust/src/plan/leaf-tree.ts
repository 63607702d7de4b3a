import type { Hash } from '@patchsteward/core/vocabulary';
import { EMPTY_TREE, fullTree, growTree, inclusionProof, leafHash, rootOf, verifyInclusion } from '../merkle/index.ts';

export interface LeafTree {
  readonly root: Hash;
  readonly size: number;
  readonly proof: (index: number) => readonly Hash[];
}

/** The tree over the bytes of the work orders of a plan, ordered by asset id. // RFC 6962 §2.1 */
export function leafTree(leaves: readonly Uint8Array[]): LeafTree {
  const hashes = leaves.map(leafHash);
  const tree = fullTree(hashes);
  return {
    root: rootOf(growTree(EMPTY_TREE, hashes)),
    size: leaves.length,
    proof: (index) => inclusionProof(tree, index),
  };
}

export function leavesRootOf(leaves: readonly Uint8Array[]): Hash {
  return rootOf(growTree(EMPTY_TREE, leaves.map(leafHash)));
}

/** A work order with its place in the plan, as a host receives it. */
export interface PlacedLeaf {
  readonly bytes: Uint8Array;
  readonly index: number;
  readonly proof: readonly Hash[];
}

export function isInPlan(
  { bytes, index, proof }: PlacedLeaf,
  plan: { readonly leavesRoot: Hash; readonly leafCount: number },
): boolean {
  return verifyInclusion({ leaf: leafHash(bytes), index, size: plan.leafCount, proof, root: plan.leavesRoot });
}
