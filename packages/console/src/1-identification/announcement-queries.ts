import type { AnnouncementQuery } from '@patchsteward/contract';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../platform/client.ts';

/** One screen and the scrolling after it. */
const PAGE_ROWS = 100;

type Cursor = string | undefined;
const FIRST: Cursor = undefined;

export function announcementList(asked: Partial<Omit<AnnouncementQuery, 'cursor' | 'limit'>>) {
  return infiniteQueryOptions({
    initialPageParam: FIRST,
    getNextPageParam: (last: { readonly next: string | null }): Cursor => last.next ?? undefined,
    // While a search is under way the reader keeps the list, and the keyboard its place in it.
    placeholderData: keepPreviousData,
    queryKey: ['announcements', asked],
    queryFn: ({ pageParam, signal }) =>
      call('announcement.list', { query: { ...asked, cursor: pageParam, limit: PAGE_ROWS } }, signal),
  });
}

export function announcementQuery(id: string) {
  return queryOptions({
    queryKey: ['announcements', 'one', id],
    queryFn: ({ signal }) => call('announcement.show', { params: { id } }, signal),
  });
}

/** Messages that are shown of one thing; the command line has all. */
const TOLD_ROWS = 20;

export function toldOf(about: string) {
  return queryOptions({
    queryKey: ['told', about],
    queryFn: ({ signal }) => call('told.list', { query: { about, limit: TOLD_ROWS } }, signal),
  });
}
