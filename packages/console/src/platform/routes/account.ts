import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { passkeysQuery } from '../signing.ts';
import { inside } from './root.ts';

const account = createRoute({
  getParentRoute: () => inside,
  path: '/account',
  loader: ({ context }) => void context.queries.prefetchQuery(passkeysQuery),
  component: lazyRouteComponent(() => import('../../account/account.tsx'), 'AccountScreen'),
});

export const accountRoutes = [account] as const;
