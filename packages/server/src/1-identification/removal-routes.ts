import { actorOf } from '../platform/http/actor.ts';
import type { Handlers } from '../platform/http/bind.ts';
import type { AssetViews } from './asset-view-reader.ts';
import { doublesOf } from './doubles.ts';
import { readDoubleFacts } from './doubles-store.ts';
import { mergeAssets, type RemovalParts, removeAsset, restoreAsset } from './removal-perform.ts';
import { countRemoved, listRemoved, type RemovedRow } from './removal-store.ts';

/** More than a person looks through; the record has all of them. */
const REMOVED_LISTED_MAX = 500;
/** More groups than a person settles in a day. */
const DOUBLES_LISTED_MAX = 500;

type RemovalRouteId = 'asset.remove' | 'asset.restore' | 'asset.removed' | 'asset.merge' | 'asset.doubles';

/** What is in the inventory twice, or no more. */
export function removalRoutes(parts: RemovalParts & { readonly assets: AssetViews }): Handlers<RemovalRouteId> {
  const { db, assets } = parts;
  return {
    'asset.remove': async ({ params, body, principal, now }) => {
      await removeAsset(parts, params.id, body.why, { actor: actorOf(principal), at: now });
      return {};
    },
    'asset.restore': async ({ params, principal, now }) =>
      restoreAsset(parts, params.id, { actor: actorOf(principal), at: now }),
    'asset.removed': async () => ({
      items: (await listRemoved(db, REMOVED_LISTED_MAX)).map(removedBody),
      total: await countRemoved(db),
    }),
    'asset.merge': async ({ params, body, principal, now }) =>
      mergeAssets(parts, params.id, body, { actor: actorOf(principal), at: now }),
    'asset.doubles': async ({ now }) => {
      const doubles = doublesOf(await readDoubleFacts(db, await assets.current()), now);
      return { items: doubles.slice(0, DOUBLES_LISTED_MAX), total: doubles.length };
    },
  };
}

function removedBody({ mergedInto, mergedName, removedAt, ...row }: RemovedRow) {
  return {
    ...row,
    removedAt: new Date(removedAt).toISOString(),
    mergedInto: mergedInto === null || mergedName === null ? null : { id: mergedInto, name: mergedName },
  };
}
