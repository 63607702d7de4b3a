import type { ManagedEcosystem } from '@patchsteward/core/plan';
import type { Hash } from '@patchsteward/core/vocabulary';

/** How a kept file is called: by its hash, and with the end by which the tools of its family take it for a package. */
export function keptName(hash: Hash, ecosystem: ManagedEcosystem): string {
  return `${hash.replace('sha256:', '')}.${ecosystem}`;
}
