import type { Leaf, PackageChange } from '@patchsteward/core/plan';

/** Every file that a work order names, the former versions included, each once. */
export function leafFiles(leaf: Leaf): PackageChange[] {
  const back = leaf.rollback.kind === 'downgrade' ? leaf.rollback.changes : [];
  const byHash = new Map([...leaf.changes, ...back].map((change) => [change.sha256, change]));
  return [...byHash.values()].filter((change) => change.sha256 !== null);
}
