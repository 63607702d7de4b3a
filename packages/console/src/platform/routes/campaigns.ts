import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { LANE_CHOICES, ONLY_CHOICES } from '../../board/board-filter.ts';
import { openCampaigns, PAGES_MAX } from '../../board/queries.ts';
import { planList } from '../../maintenance/queries.ts';
import { overviewQuery } from '../../overview/queries.ts';
import { countIn, textIn, wordIn } from '../search-params.ts';
import { inside } from './root.ts';

const overview = createRoute({
  getParentRoute: () => inside,
  path: '/',
  loader: ({ context }) => void context.queries.prefetchQuery(overviewQuery),
  component: lazyRouteComponent(() => import('../../overview/overview.tsx'), 'OverviewScreen'),
});

const campaigns = createRoute({
  getParentRoute: () => inside,
  path: '/campaigns',
  validateSearch: (raw) => ({
    ...wordIn(raw, 'view', ['list', 'proposals']),
    ...textIn(raw, 'search'),
    ...wordIn(raw, 'lane', LANE_CHOICES),
    ...wordIn(raw, 'only', ONLY_CHOICES),
    ...countIn(raw, 'pages', PAGES_MAX),
    ...textIn(raw, 'proposal'),
  }),
  loaderDeps: ({ search: { view, search } }) => ({ search: view === undefined ? search : null }),
  loader: ({ context, deps }) => {
    if (deps.search !== null) void context.queries.prefetchQuery(openCampaigns(deps.search));
  },
  component: lazyRouteComponent(() => import('../../board/campaigns.tsx'), 'CampaignsScreen'),
});

const maintenance = createRoute({
  getParentRoute: () => inside,
  path: '/maintenance',
  validateSearch: (raw) => ({ ...textIn(raw, 'edit'), ...textIn(raw, 'plan') }),
  loader: ({ context }) => void context.queries.prefetchQuery(planList),
  component: lazyRouteComponent(() => import('../../maintenance/plans.tsx'), 'MaintenancePlansScreen'),
});

export const workRoutes = [overview, campaigns, maintenance] as const;
