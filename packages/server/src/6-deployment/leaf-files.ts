import { decodeLeaf } from '@patchsteward/trust/plan';

/** The files that a work order needs: what it installs, and what it goes back to. */
export function filesOfLeaf(bytes: Uint8Array | undefined): ReadonlySet<string> {
  const leaf = bytes === undefined ? undefined : decodeLeaf(bytes);
  if (leaf?.ok !== true) return new Set();
  const { changes, rollback } = leaf.value;
  const back = rollback.kind === 'downgrade' ? rollback.changes : [];
  return new Set([...changes, ...back].flatMap(({ sha256 }) => sha256 ?? []));
}
