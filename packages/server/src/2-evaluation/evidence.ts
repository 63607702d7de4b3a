import type { EvaluationFacts } from '@patchsteward/core/2-evaluation';
import type { Tx } from '../platform/database.ts';

/** What an assessment rests on: when one of these is no longer the asset's, it is out of date. */
export interface Basis {
  readonly packageSetId: number;
  readonly setRevision: number;
  readonly offerSetId: number;
  readonly assetVersion: number;
}

export interface Figures {
  /** One for each vulnerability and installed package. */
  readonly findings: number;
  /** Distinct. */
  readonly knownExploited: number;
}

/** What step 1 found on an asset, as step 2 takes it. */
interface AssetEvidence {
  readonly facts: EvaluationFacts;
  /** What the asset is exposed to, as lists of assets count it. */
  readonly figures: Figures;
  /** null: the package manager gave no answer. */
  readonly securityUpdates: number | null;
  readonly basis: Basis;
}

/** Given by whoever knows step 1: rooms do not see each other. null: there is nothing to evaluate yet. */
export type ReadEvidence = (tx: Tx, assetId: string) => Promise<AssetEvidence | null>;
