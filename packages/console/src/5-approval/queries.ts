import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call } from '../platform/client.ts';
import { REFRESH_MS } from '../platform/query.ts';

const PAGE_ROWS = 100;
/** 1,000 decisions that wait for one person are no longer read one by one. */
export const PAGES_MAX = 10;
/** Somebody has just signed elsewhere and waits for the page to know it. */
const WAITING_MS = 5_000;

type Cursor = string | undefined;
const FIRST: Cursor = undefined;

interface PageOf {
  readonly next: string | null;
}

export const inboxList = infiniteQueryOptions({
  queryKey: ['inbox', 'list'],
  queryFn: ({ pageParam, signal }) => call('inbox.list', { query: { cursor: pageParam, limit: PAGE_ROWS } }, signal),
  initialPageParam: FIRST,
  getNextPageParam: (last: PageOf): Cursor => last.next ?? undefined,
  refetchInterval: REFRESH_MS,
});

/** A signature may come from anywhere: while the plan gathers them the page looks often. */
export function decisionQuery(plan: string) {
  return queryOptions({
    queryKey: ['inbox', 'decision', plan],
    queryFn: ({ signal }) => call('decision.show', { params: { plan } }, signal),
    refetchInterval: ({ state }) => (state.data?.standing === 'open' ? WAITING_MS : REFRESH_MS),
  });
}
