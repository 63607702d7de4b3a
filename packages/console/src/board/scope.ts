import type { ProposalWithAssets } from '@patchsteward/contract';

type ScopedAsset = ProposalWithAssets['offeredTo'][number];

/** Assets in whose name or owner every word of the filter stands. */
export function matchingAssets(assets: readonly ScopedAsset[], filter: string): readonly ScopedAsset[] {
  const words = filter.toLowerCase().split(/\s+/);
  return assets.filter(({ name, owner }) => {
    const text = `${name} ${owner ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
