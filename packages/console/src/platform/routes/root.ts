import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { NotFoundScreen } from '../../parts/screen-states.tsx';
import { Root } from '../root.tsx';
import { sessionQuery } from '../session.ts';

export const root = createRootRouteWithContext<{ readonly queries: QueryClient }>()({
  component: Root,
  notFoundComponent: NotFoundScreen,
});

/** Everything behind the door. */
export const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    if (session.person === null) {
      redirect({ to: '/sign-in', search: { next: location.href }, replace: true, throw: true });
    }
  },
  component: lazyRouteComponent(() => import('../shell.tsx'), 'Shell'),
});
