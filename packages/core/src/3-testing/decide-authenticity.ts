import { type Reason, reasonOf, type Verdict } from '../vocabulary/index.ts';

/** How far the files of one asset's transaction are. */
export type AssetFiles =
  | { readonly kind: 'verified'; readonly files: number }
  | { readonly kind: 'pending'; readonly reasons: readonly Reason[] }
  | { readonly kind: 'failed'; readonly reasons: readonly Reason[] };

export interface VerifiedFiles {
  /** Verified up to a pinned key, over all assets. */
  readonly files: number;
}

/** Every file of every asset, or nothing: one false file taints the set it came with. // SOP checklist c8 */
export function decideAuthenticity(subject: string, assets: readonly AssetFiles[]): Verdict<VerifiedFiles> {
  const failed = assets.flatMap((asset) => (asset.kind === 'failed' ? asset.reasons : []));
  if (assets.some(({ kind }) => kind === 'failed')) return { kind: 'stop', blockedBy: failed };
  const pending = assets.flatMap((asset) => (asset.kind === 'pending' ? asset.reasons : []));
  const files = assets.reduce((sum, asset) => sum + (asset.kind === 'verified' ? asset.files : 0), 0);
  if (pending.length > 0 || files === 0 || assets.some(({ kind }) => kind === 'pending')) {
    return { kind: 'wait', waitingOn: pending.length > 0 ? pending : [reasonOf('files-not-verified', subject)] };
  }
  return { kind: 'proceed', value: { files } };
}
