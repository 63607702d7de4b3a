import { queryOptions } from '@tanstack/react-query';
import { call } from '../platform/client.ts';
import { REFRESH_MS } from '../platform/query.ts';

/** A new origin is fetched within moments. */
const FIRST_FETCH_MS = 4_000;

export const originsQuery = queryOptions({
  queryKey: ['origins'],
  queryFn: ({ signal }) => call('origin.list', {}, signal),
  refetchInterval: ({ state }) =>
    state.data?.items.some(({ checkedAt }) => checkedAt === null) ? FIRST_FETCH_MS : REFRESH_MS,
});
