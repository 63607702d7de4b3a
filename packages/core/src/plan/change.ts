import type { Hash, OriginId } from '../vocabulary/index.ts';

/** Families of package managers that a work order can be for. */
export const MANAGED_ECOSYSTEMS = ['deb', 'rpm'] as const;
export type ManagedEcosystem = (typeof MANAGED_ECOSYSTEMS)[number];

/** One package of a transaction, byte for byte. `from` null: newly installed; `to` null: removed (rollback only). */
export interface PackageChange {
  readonly name: string;
  readonly architecture: string;
  readonly from: string | null;
  readonly to: string | null;
  /** Of the file that is installed; null only for a removal. */
  readonly sha256: Hash | null;
  readonly sizeBytes: number;
  /** The signed index that lists the file; null only for a removal. */
  readonly origin: OriginId | null;
}

/** How the host comes back from this transaction. `none` must stand in the text that people approve. */
export type Rollback =
  | { readonly kind: 'downgrade'; readonly changes: readonly PackageChange[] }
  | { readonly kind: 'none'; readonly why: string };
