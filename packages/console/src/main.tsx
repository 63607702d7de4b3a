import '@patternfly/patternfly/base/patternfly-variables.css';
import '@patternfly/patternfly/base/patternfly-common.css';
import '@patternfly/patternfly/base/patternfly-svg-icons.css';
import './platform/styles/index.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './platform/query.ts';
import { createConsoleRouter } from './platform/router.ts';

const queries = createQueryClient(() => {
  const { pathname, href } = router.state.location;
  if (pathname === '/sign-in' || pathname === '/first-run') return;
  queries.clear();
  void router.navigate({ to: '/sign-in', search: { next: href } });
});
const router = createConsoleRouter(queries);

const element = document.getElementById('root');
if (element === null) throw new Error('index.html has no element #root');
createRoot(element).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
