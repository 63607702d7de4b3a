import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { originsQuery } from '../../3-testing/queries.ts';
import { stakeholdersQuery } from '../../5-approval/notice-queries.ts';
import { trustQuery } from '../../people/queries.ts';
import { textIn, wordIn } from '../search-params.ts';
import { inside } from './root.ts';

const people = createRoute({
  getParentRoute: () => inside,
  path: '/people',
  validateSearch: (raw) => ({ ...wordIn(raw, 'form', ['add']), ...textIn(raw, 'person') }),
  component: lazyRouteComponent(() => import('../../people/people.tsx'), 'PeopleScreen'),
});

const trust = createRoute({
  getParentRoute: () => inside,
  path: '/trust',
  loader: ({ context }) => void context.queries.prefetchQuery(trustQuery),
  component: lazyRouteComponent(() => import('../../trust/trust.tsx'), 'TrustScreen'),
});

const origins = createRoute({
  getParentRoute: () => inside,
  path: '/origins',
  validateSearch: (raw) => wordIn(raw, 'form', ['add']),
  loader: ({ context }) => void context.queries.prefetchQuery(originsQuery),
  component: lazyRouteComponent(() => import('../../3-testing/origins.tsx'), 'OriginsScreen'),
});

const notices = createRoute({
  getParentRoute: () => inside,
  path: '/notices',
  loader: ({ context }) => void context.queries.prefetchQuery(stakeholdersQuery),
  component: lazyRouteComponent(() => import('../../5-approval/notices.tsx'), 'NoticesScreen'),
});

export const settingsRoutes = [people, trust, origins, notices] as const;
