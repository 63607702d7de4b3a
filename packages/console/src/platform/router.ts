import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import { FailedScreen, NotFoundScreen, PendingScreen } from '../parts/screen-states.tsx';
import { accessRoutes } from './routes/access.ts';
import { identificationRoutes } from './routes/identification.ts';
import { inside, root } from './routes/root.ts';
import { parseSearch, stringifySearch } from './search-params.ts';

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: () => {
    redirect({ to: '/assets', replace: true, throw: true });
  },
});

export function createConsoleRouter(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([...accessRoutes, inside.addChildren([home, ...identificationRoutes])]),
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
