import type { AssetListQuery } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { z } from 'zod';
import type { Corridor } from '../platform/corridor.ts';
import type { Db } from '../platform/database.ts';
import { actorOf } from '../platform/http/actor.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { type AssetParts, assetBody, assetSummary } from './asset-body.ts';
import { readFacets } from './asset-facets.ts';
import { listAssets, readAsset } from './asset-list-store.ts';
import { cursorAfter, placeOf } from './asset-order.ts';
import { packagePage } from './asset-packages.ts';
import { changeAsset, noSuchAsset, revokeAgent } from './asset-perform.ts';
import { readCoveringFeeds } from './coverage.ts';
import { readStoredSection } from './section-store.ts';

type AssetRouteId = 'asset.list' | 'asset.facets' | 'asset.show' | 'asset.change' | 'asset.packages' | 'agent.revoke';

export function assetRoutes({
  db,
  corridor,
}: {
  readonly db: Db;
  readonly corridor: Corridor;
}): Handlers<AssetRouteId> {
  return {
    'asset.list': async ({ query, now }) => assetPage(db, query, now),
    'asset.facets': async ({ query, now }) => readFacets(db, query, now),
    'asset.show': async ({ params, now }) => assetBody(await readParts(db, params.id), now),
    'asset.change': async ({ params, body, principal, now }) => {
      await changeAsset(corridor, params.id, body, { actor: actorOf(principal), at: now });
      return assetBody(await readParts(db, params.id), now);
    },
    'asset.packages': async ({ params, query }) => {
      const row = await readAsset(db, params.id);
      if (row === undefined) throw noSuchAsset(params.id);
      if (row.packagesHash === null) return { items: [], next: null, total: 0 };
      const section = await readStoredSection(db, 'packages', row.packagesHash);
      return packagePage(section.packages, query);
    },
    'agent.revoke': async ({ params, principal, now }) => {
      await revokeAgent(corridor, params.id, { actor: actorOf(principal), at: now });
      return {};
    },
  };
}

async function assetPage(db: Db, query: z.output<typeof AssetListQuery>, now: Instant) {
  const { cursor, limit, sort, skip, ...filter } = query;
  const after = cursor === undefined ? undefined : placeOf(cursor, sort);
  // One more than asked for says whether there is a next page.
  const [{ rows, total }, feeds] = await Promise.all([
    listAssets(db, { filter, sort, after, skip, limit: limit + 1 }, now),
    readCoveringFeeds(db),
  ]);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => assetSummary(row, feeds, now)),
    next: last === undefined || rows.length === shown.length ? null : cursorAfter(sort, last),
    total,
  };
}

async function readParts(db: Db, id: string): Promise<AssetParts> {
  const row = await readAsset(db, id);
  if (row === undefined) throw noSuchAsset(id);
  const [feeds, system, origins] = await Promise.all([
    readCoveringFeeds(db),
    row.systemHash === null ? null : readStoredSection(db, 'system', row.systemHash),
    row.originsHash === null ? null : readStoredSection(db, 'origins', row.originsHash),
  ]);
  return { row, feeds, system, origins };
}
