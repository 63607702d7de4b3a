import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { localPath, textIn } from '../search-params.ts';
import { sessionQuery } from '../session.ts';
import { root } from './root.ts';

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (raw) => textIn(raw, 'next'),
  beforeLoad: async ({ context, search }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    if (session.person !== null) redirect({ href: localPath(search.next), replace: true, throw: true });
  },
  component: lazyRouteComponent(() => import('../access/sign-in.tsx'), 'SignInScreen'),
});

const firstRun = createRoute({
  getParentRoute: () => root,
  path: '/first-run',
  component: lazyRouteComponent(() => import('../access/first-run.tsx'), 'FirstRunScreen'),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => import('../access/invitation.tsx'), 'InvitationScreen'),
});

export const accessRoutes = [signIn, firstRun, invitation] as const;
