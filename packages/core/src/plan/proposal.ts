import type { Hash } from '../vocabulary/index.ts';
import type { ManagedEcosystem, PackageChange, Rollback } from './change.ts';

/** What is wanted of a host: these packages at these versions; dependencies are the package manager's to resolve. */
export interface Target {
  readonly name: string;
  readonly architecture: string;
  readonly to: string;
}

/** What the package manager of a host answered to targets: the whole transaction it would run. // decided 17 */
export interface TransactionProposal {
  readonly assetId: string;
  /** The package set that it was computed on; another one means another answer. */
  readonly packagesHash: Hash;
  readonly targets: readonly Target[];
  readonly answer:
    | { readonly kind: 'resolved'; readonly changes: readonly PackageChange[] }
    | { readonly kind: 'impossible'; readonly why: string };
}

/** A proposal whose files the server has verified up to a pinned key and keeps in its store. // SOP checklist c8 */
export interface VerifiedTransaction {
  readonly assetId: string;
  readonly ecosystem: ManagedEcosystem;
  readonly packagesHash: Hash;
  readonly changes: readonly PackageChange[];
  readonly rollback: Rollback;
  /** Hash of the authenticity report that covers every file above. */
  readonly evidence: Hash;
}
