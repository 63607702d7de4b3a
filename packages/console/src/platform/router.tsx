import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { assetFindings, assetList, assetQuery, feedList, PAGES_MAX } from '../1-identification/queries.ts';
import { FailedScreen, NotFoundScreen, PendingScreen } from '../parts/screen-states.tsx';
import { Root } from './root.tsx';
import { countIn, localPath, parseSearch, stringifySearch, textIn, wordIn } from './search-params.ts';
import { sessionQuery } from './session.ts';

/** Names of open groups: hundreds of source packages. Browsers take far longer addresses. */
const OPEN_CHARACTERS_MAX = 8_192;

const ASSET_TABS = ['findings', 'updates', 'packages', 'system'] as const;
export type AssetTab = (typeof ASSET_TABS)[number];

const root = createRootRouteWithContext<{ readonly queries: QueryClient }>()({
  component: Root,
  notFoundComponent: NotFoundScreen,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (raw) => textIn(raw, 'next'),
  beforeLoad: async ({ context, search }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    if (session.person !== null) redirect({ href: localPath(search.next), replace: true, throw: true });
  },
  component: lazyRouteComponent(() => import('./access/sign-in.tsx'), 'SignInScreen'),
});

const firstRun = createRoute({
  getParentRoute: () => root,
  path: '/first-run',
  component: lazyRouteComponent(() => import('./access/first-run.tsx'), 'FirstRunScreen'),
});

/** Everything behind the door. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    if (session.person === null) {
      redirect({ to: '/sign-in', search: { next: location.href }, replace: true, throw: true });
    }
  },
  component: lazyRouteComponent(() => import('./shell.tsx'), 'Shell'),
});

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: () => {
    redirect({ to: '/assets', replace: true, throw: true });
  },
});

const assets = createRoute({
  getParentRoute: () => inside,
  path: '/assets',
  validateSearch: (raw) => ({ ...textIn(raw, 'search'), ...countIn(raw, 'pages', PAGES_MAX) }),
  loaderDeps: ({ search }) => ({ search: search.search }),
  // Asked for while the screen's code is on its way; the screen itself shows what comes of it.
  loader: ({ context, deps }) => void context.queries.prefetchInfiniteQuery(assetList(deps.search)),
  component: lazyRouteComponent(() => import('../1-identification/assets.tsx'), 'AssetsScreen'),
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
    ...wordIn(raw, 'edit', ['facts']),
  }),
  loaderDeps: ({ search: { tab, search } }) => ({ search: tab === undefined ? search : null }),
  loader: ({ context, params, deps }) => {
    void context.queries.prefetchQuery(assetQuery(params.id));
    if (deps.search !== null) void context.queries.prefetchInfiniteQuery(assetFindings(params.id, deps.search));
  },
  component: lazyRouteComponent(() => import('../1-identification/asset.tsx'), 'AssetScreen'),
});

const feeds = createRoute({
  getParentRoute: () => inside,
  path: '/feeds',
  loader: ({ context }) => void context.queries.prefetchQuery(feedList),
  component: lazyRouteComponent(() => import('../1-identification/feeds.tsx'), 'FeedsScreen'),
});

const enrollment = createRoute({
  getParentRoute: () => inside,
  path: '/enrollment',
  component: lazyRouteComponent(() => import('../1-identification/enrollment.tsx'), 'EnrollmentScreen'),
});

export function createConsoleRouter(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([signIn, firstRun, inside.addChildren([home, assets, asset, feeds, enrollment])]),
    context: { queries },
    parseSearch,
    stringifySearch,
    scrollRestoration: true,
    defaultPreload: 'intent',
    defaultPendingComponent: PendingScreen,
    defaultErrorComponent: FailedScreen,
    defaultNotFoundComponent: NotFoundScreen,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
  interface HistoryState {
    /** The step before in the history is the list that this thing was opened from. */
    readonly fromList?: boolean;
  }
}
