import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { decisionQuery, inboxList, PAGES_MAX } from '../../5-approval/queries.ts';
import { countIn, textIn, wordIn } from '../search-params.ts';
import { inside } from './root.ts';

const PLAN_ACTS = ['request', 'sign-test', 'agree', 'approve', 'refuse', 'revoke'] as const;

const inbox = createRoute({
  getParentRoute: () => inside,
  path: '/inbox',
  validateSearch: (raw) => countIn(raw, 'pages', PAGES_MAX),
  loader: ({ context }) => void context.queries.prefetchInfiniteQuery(inboxList),
  component: lazyRouteComponent(() => import('../../5-approval/inbox.tsx'), 'InboxScreen'),
});

const decision = createRoute({
  getParentRoute: () => inside,
  path: '/inbox/$plan',
  validateSearch: (raw) => ({
    ...textIn(raw, 'search'),
    ...textIn(raw, 'item', 36),
    ...wordIn(raw, 'act', PLAN_ACTS),
  }),
  loader: ({ context, params }) => void context.queries.prefetchQuery(decisionQuery(params.plan)),
  component: lazyRouteComponent(() => import('../../5-approval/decision.tsx'), 'DecisionScreen'),
});

export const approvalRoutes = [inbox, decision] as const;
