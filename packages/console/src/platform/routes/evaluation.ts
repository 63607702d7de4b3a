import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { KINDS } from '../../2-evaluation/exception-draft.ts';
import { exceptionQuery, PAGES_MAX } from '../../2-evaluation/queries.ts';
import { toldAddress } from '../../2-evaluation/told-address.ts';
import { countIn, textIn, wordIn } from '../search-params.ts';
import { inside } from './root.ts';

const STATES = ['requested', 'standing', 'expired', 'ended', 'all'] as const;
const ACTS = ['agree', 'refuse', 'end', 'renew'] as const;
/** The server takes no longer id of a vulnerability. */
const VULNERABILITY_CHARACTERS_MAX = 64;
const ID_CHARACTERS = 36;

const exceptions = createRoute({
  getParentRoute: () => inside,
  path: '/exceptions',
  validateSearch: (raw) => ({
    ...textIn(raw, 'search'),
    ...wordIn(raw, 'state', STATES),
    ...wordIn(raw, 'mine', ['yes'] as const),
    ...textIn(raw, 'asset', ID_CHARACTERS),
    ...textIn(raw, 'vulnerability', VULNERABILITY_CHARACTERS_MAX),
    ...countIn(raw, 'pages', PAGES_MAX),
  }),
  component: lazyRouteComponent(() => import('../../2-evaluation/exceptions.tsx'), 'ExceptionsScreen'),
});

const asking = createRoute({
  getParentRoute: () => inside,
  path: '/exceptions/new',
  validateSearch: (raw) => ({
    ...wordIn(raw, 'kind', KINDS),
    ...textIn(raw, 'vulnerability', VULNERABILITY_CHARACTERS_MAX),
    ...textIn(raw, 'source'),
    ...textIn(raw, 'asset', ID_CHARACTERS),
    ...textIn(raw, 'group'),
  }),
  component: lazyRouteComponent(() => import('../../2-evaluation/ask-exception.tsx'), 'AskExceptionScreen'),
});

const exception = createRoute({
  getParentRoute: () => inside,
  path: '/exceptions/$id',
  validateSearch: (raw) => wordIn(raw, 'act', ACTS),
  loader: ({ context, params }) => void context.queries.prefetchQuery(exceptionQuery(params.id)),
  component: lazyRouteComponent(() => import('../../2-evaluation/exception.tsx'), 'ExceptionScreen'),
});

const told = createRoute({
  getParentRoute: () => inside,
  path: '/told',
  validateSearch: toldAddress,
  component: lazyRouteComponent(() => import('../../2-evaluation/told.tsx'), 'ToldScreen'),
});

export const evaluationRoutes = [exceptions, asking, exception, told] as const;
