import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { policyQuery, RECORD_PAGES_MAX, recordState } from '../../7-documentation/queries.ts';
import { countIn, textIn, wordIn } from '../search-params.ts';
import { strings } from '../strings.ts';
import { inside } from './root.ts';

type Stream = keyof typeof strings.record.streams;
const STREAMS = Object.keys(strings.record.streams) as Stream[]; // Object.keys forgets that the record is closed.

const record = createRoute({
  getParentRoute: () => inside,
  path: '/record',
  validateSearch: (raw) => ({
    ...wordIn(raw, 'tab', ['signature']),
    ...textIn(raw, 'search'),
    ...wordIn(raw, 'kind', STREAMS),
    ...textIn(raw, 'actor'),
    ...textIn(raw, 'subject'),
    ...textIn(raw, 'campaign'),
    ...textIn(raw, 'entry'),
    ...countIn(raw, 'pages', RECORD_PAGES_MAX),
  }),
  loader: ({ context }) => void context.queries.prefetchQuery(recordState),
  component: lazyRouteComponent(() => import('../../7-documentation/record.tsx'), 'RecordScreen'),
});

const policy = createRoute({
  getParentRoute: () => inside,
  path: '/policy',
  loader: ({ context }) => void context.queries.prefetchQuery(policyQuery),
  component: lazyRouteComponent(() => import('../../policy/policy.tsx'), 'PolicyScreen'),
});

export const documentationRoutes = [record, policy] as const;
