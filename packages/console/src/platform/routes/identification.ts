import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { assetsAddress, filterOf } from '../../1-identification/asset-filter.ts';
import { groupList, ruleList } from '../../1-identification/group-queries.ts';
import { doubleList, importList } from '../../1-identification/inventory-queries.ts';
import { assetFindings, assetPage, assetQuery, feedList, PAGES_MAX } from '../../1-identification/queries.ts';
import { countIn, textIn, wordIn } from '../search-params.ts';
import { inside } from './root.ts';

/** Names of open groups: hundreds of source packages. Browsers take far longer addresses. */
const OPEN_CHARACTERS_MAX = 8_192;

const ASSET_TABS = ['findings', 'updates', 'packages', 'bills', 'system', 'campaigns', 'timeline'] as const;
export type AssetTab = (typeof ASSET_TABS)[number];

const assets = createRoute({
  getParentRoute: () => inside,
  path: '/assets',
  validateSearch: assetsAddress,
  loaderDeps: ({ search }) => ({ filter: filterOf(search), sort: search.sort ?? 'name' }),
  // Asked for while the screen's code is on its way; the screen itself shows what comes of it.
  loader: ({ context, deps: { filter, sort } }) => void context.queries.prefetchQuery(assetPage(filter, sort, 0)),
  component: lazyRouteComponent(() => import('../../1-identification/assets.tsx'), 'AssetsScreen'),
});

const asset = createRoute({
  getParentRoute: () => inside,
  path: '/assets/$id',
  validateSearch: (raw) => ({
    ...wordIn(raw, 'tab', ASSET_TABS),
    ...textIn(raw, 'search'),
    ...countIn(raw, 'pages', PAGES_MAX),
    ...textIn(raw, 'open', OPEN_CHARACTERS_MAX),
    ...textIn(raw, 'item'),
    ...wordIn(raw, 'edit', ['facts', 'bill', 'health']),
  }),
  loaderDeps: ({ search: { tab, search } }) => ({ search: tab === undefined ? search : null }),
  loader: ({ context, params, deps }) => {
    void context.queries.prefetchQuery(assetQuery(params.id));
    if (deps.search !== null) void context.queries.prefetchInfiniteQuery(assetFindings(params.id, deps.search));
  },
  component: lazyRouteComponent(() => import('../../1-identification/asset.tsx'), 'AssetScreen'),
});

const feeds = createRoute({
  getParentRoute: () => inside,
  path: '/feeds',
  validateSearch: (raw) => ({ ...wordIn(raw, 'form', ['add']), ...textIn(raw, 'keys', 63) }),
  loader: ({ context }) => void context.queries.prefetchQuery(feedList),
  component: lazyRouteComponent(() => import('../../1-identification/feeds.tsx'), 'FeedsScreen'),
});

const enrollment = createRoute({
  getParentRoute: () => inside,
  path: '/enrollment',
  component: lazyRouteComponent(() => import('../../1-identification/enrollment.tsx'), 'EnrollmentScreen'),
});

const groups = createRoute({
  getParentRoute: () => inside,
  path: '/groups',
  validateSearch: (raw) => ({ ...textIn(raw, 'edit'), ...wordIn(raw, 'freezes', ['import']) }),
  loader: ({ context }) => void context.queries.prefetchQuery(groupList),
  component: lazyRouteComponent(() => import('../../1-identification/groups.tsx'), 'GroupsScreen'),
});

const rules = createRoute({
  getParentRoute: () => inside,
  path: '/rules',
  validateSearch: (raw) => textIn(raw, 'edit'),
  loader: ({ context }) => void context.queries.prefetchQuery(ruleList),
  component: lazyRouteComponent(() => import('../../1-identification/rules.tsx'), 'RulesScreen'),
});

const importing = createRoute({
  getParentRoute: () => inside,
  path: '/import',
  loader: ({ context }) => void context.queries.prefetchQuery(importList),
  component: lazyRouteComponent(() => import('../../1-identification/asset-import.tsx'), 'ImportScreen'),
});

const doubles = createRoute({
  getParentRoute: () => inside,
  path: '/doubles',
  loader: ({ context }) => void context.queries.prefetchQuery(doubleList),
  component: lazyRouteComponent(() => import('../../1-identification/doubles.tsx'), 'DoublesScreen'),
});

export const identificationRoutes = [assets, asset, feeds, enrollment, groups, rules, importing, doubles] as const;
