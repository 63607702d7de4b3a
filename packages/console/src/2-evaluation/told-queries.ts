import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../platform/client.ts';
import type { ToldAddress } from './told-address.ts';
import { toldQueryOf } from './told-address.ts';

/** One screen and the scrolling after it. */
const PAGE_ROWS = 100;
type Cursor = string | undefined;
const FIRST: Cursor = undefined;

export function toldList(address: ToldAddress) {
  const asked = toldQueryOf(address);
  return infiniteQueryOptions({
    initialPageParam: FIRST,
    getNextPageParam: (last: { readonly next: string | null }): Cursor => last.next ?? undefined,
    placeholderData: keepPreviousData,
    queryKey: ['told', 'list', asked],
    queryFn: ({ pageParam, signal }) =>
      call('told.list', { query: { ...asked, cursor: pageParam, limit: PAGE_ROWS } }, signal),
  });
}

export const preferencesQuery = queryOptions({
  queryKey: ['telling'],
  queryFn: ({ signal }) => call('telling.show', {}, signal),
});
