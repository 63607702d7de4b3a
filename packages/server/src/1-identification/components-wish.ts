import type { Wish } from '../platform/corridor.ts';

/** What an asset without an agent is made of changed: its components are put together and judged anew. */
export const COMPONENTS_WISH = 'asset.components';

export function componentsWish(assetId: string): Wish {
  return { kind: COMPONENTS_WISH, key: assetId, payload: null };
}
