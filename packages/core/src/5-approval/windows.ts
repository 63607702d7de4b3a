import {
  type Instant,
  type Reason,
  reasonOf,
  type ScopedAsset,
  type SignedBy,
  speaksFor,
} from '../vocabulary/index.ts';

export interface WindowAgreement {
  readonly signed: SignedBy;
  /** Asset ids. */
  readonly assets: readonly string[];
}

/** The assets to whose window their owner has not agreed yet. // SOP R2 P6.1, decided 12 */
export function assetsNotAgreed(
  assets: readonly ScopedAsset[],
  agreements: readonly WindowAgreement[],
): readonly ScopedAsset[] {
  return assets.filter((asset) => !agreements.some((agreement) => covers(agreement, asset)));
}

export function missingAgreements(
  assets: readonly ScopedAsset[],
  agreements: readonly WindowAgreement[],
  by?: Instant,
): Reason[] {
  return assetsNotAgreed(assets, agreements).map(({ name }) => reasonOf('window-not-agreed', name, by));
}

function covers({ signed, assets }: WindowAgreement, asset: ScopedAsset): boolean {
  return assets.includes(asset.assetId) && speaksFor(signed, asset);
}
