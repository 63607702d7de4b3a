import type { AssetSummary } from '@patchsteward/contract';
import { scopeOfRelease } from '@patchsteward/core/1-identification';
import type { Policy } from '@patchsteward/core/policy';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Corridor } from '../platform/corridor.ts';
import type { Db } from '../platform/database.ts';
import { actorOf } from '../platform/http/actor.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { type AssetParts, assetBody, assetSummary } from './asset-body.ts';
import { facetsOf } from './asset-facets.ts';
import { readAsset } from './asset-list-store.ts';
import { packagePage } from './asset-packages.ts';
import { pageOfAssets } from './asset-page.ts';
import { changeAsset, noSuchAsset, revokeAgent } from './asset-perform.ts';
import type { AssetView } from './asset-view.ts';
import type { AssetViews } from './asset-view-reader.ts';
import { supportScopeOf } from './asset-words.ts';
import { readCoveringFeeds } from './coverage.ts';
import { feedEntries } from './feeds-registry.ts';
import { silentFeeds } from './feeds-silence.ts';
import { readFeedRows } from './feeds-store.ts';
import { readLifecycles } from './lifecycle-store.ts';
import { readStoredSection } from './section-store.ts';

type AssetRouteId = 'asset.list' | 'asset.facets' | 'asset.show' | 'asset.change' | 'asset.packages' | 'agent.revoke';

export function assetRoutes({
  db,
  corridor,
  assets,
  policy,
}: {
  readonly db: Db;
  readonly corridor: Corridor;
  readonly assets: AssetViews;
  readonly policy: Policy;
}): Handlers<AssetRouteId> {
  return {
    'asset.list': async ({ query, now }) => {
      const view = await assets.current();
      const { slots, ...page } = pageOfAssets(view, query, now);
      return { ...page, items: slots.map((slot) => summaryIn(view, slot, now)) };
    },
    'asset.facets': async ({ query, now }) => facetsOf(await assets.current(), query, now),
    'asset.show': async ({ params, now }) => assetBody(await readParts(db, params.id, { policy, now }), now),
    'asset.change': async ({ params, body, principal, now }) => {
      await changeAsset(corridor, params.id, body, { actor: actorOf(principal), at: now });
      return assetBody(await readParts(db, params.id, { policy, now }), now);
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

function summaryIn(view: AssetView, slot: number, now: Instant): AssetSummary {
  const support = view.supportOf(supportScopeOf(view.at(slot)), now);
  return assetSummary(view.summary(slot), { feeds: view.feeds, support }, now);
}

interface By {
  readonly policy: Policy;
  readonly now: Instant;
}

async function readParts(db: Db, id: string, { policy, now }: By): Promise<AssetParts> {
  const row = await readAsset(db, id);
  if (row === undefined) throw noSuchAsset(id);
  const [feeds, feedRows, lifecycles, system, origins] = await Promise.all([
    readCoveringFeeds(db),
    readFeedRows(db),
    readLifecycles(db, (row.release === null ? null : scopeOfRelease(row.release)) ?? row.supportScope),
    // What has no agent says nothing of a system.
    row.systemHash === null || row.origin !== 'agent' ? null : readStoredSection(db, 'system', row.systemHash),
    row.originsHash === null ? null : readStoredSection(db, 'origins', row.originsHash),
  ]);
  const silent = silentFeeds(feedEntries(feedRows, {}), now);
  return { row, feeds, silent, system, origins, lifecycles, warnMs: policy.endOfLife.warnMs };
}
