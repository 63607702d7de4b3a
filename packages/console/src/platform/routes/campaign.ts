import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { ACTS } from '../../campaign/acts.ts';
import { campaignQuery, PAGES_MAX, roomsQuery } from '../../campaign/queries.ts';
import { countIn, textIn, wordIn } from '../search-params.ts';
import { inside } from './root.ts';

const TABS = ['rooms', 'plan', 'jobs', 'events'] as const;
export type CampaignTab = (typeof TABS)[number];

const ROOMS = [
  '1-identification',
  '2-evaluation',
  '3-testing',
  '4-backup',
  '5-approval',
  '6-deployment',
  '7-documentation',
] as const;

const campaign = createRoute({
  getParentRoute: () => inside,
  path: '/campaigns/$id',
  validateSearch: (raw) => ({
    ...wordIn(raw, 'tab', TABS),
    ...wordIn(raw, 'room', ROOMS),
    ...wordIn(raw, 'kind', ['test', 'rollback'] as const),
    ...wordIn(raw, 'act', ACTS),
    ...textIn(raw, 'asset', 36),
    ...textIn(raw, 'item'),
    ...countIn(raw, 'pages', PAGES_MAX),
  }),
  loader: ({ context, params }) => {
    void context.queries.prefetchQuery(campaignQuery(params.id));
    void context.queries.prefetchQuery(roomsQuery(params.id));
  },
  component: lazyRouteComponent(() => import('../../campaign/campaign.tsx'), 'CampaignScreen'),
});

export const campaignRoutes = [campaign] as const;
