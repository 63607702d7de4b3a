import type { QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';
import { FailedScreen, NotFoundScreen, PendingScreen } from '../parts/screen-states.tsx';
import { accessRoutes } from './routes/access.ts';
import { accountRoutes } from './routes/account.ts';
import { approvalRoutes } from './routes/approval.ts';
import { campaignRoutes } from './routes/campaign.ts';
import { workRoutes } from './routes/campaigns.ts';
import { documentationRoutes } from './routes/documentation.ts';
import { evaluationRoutes } from './routes/evaluation.ts';
import { fleetRoutes } from './routes/fleet.ts';
import { identificationRoutes } from './routes/identification.ts';
import { inside, root } from './routes/root.ts';
import { settingsRoutes } from './routes/settings.ts';
import { parseSearch, stringifySearch } from './search-params.ts';

export function createConsoleRouter(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([
      ...accessRoutes,
      inside.addChildren([
        ...workRoutes,
        ...campaignRoutes,
        ...approvalRoutes,
        ...identificationRoutes,
        ...fleetRoutes,
        ...evaluationRoutes,
        ...documentationRoutes,
        ...accountRoutes,
        ...settingsRoutes,
      ]),
    ]),
    context: { queries },
    parseSearch,
    stringifySearch,
    scrollRestoration: true,
    // The digest of a plan stands in its address as it stands everywhere else.
    pathParamsAllowedCharacters: [':'],
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
