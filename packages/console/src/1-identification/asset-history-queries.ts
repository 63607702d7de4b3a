import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call } from '../platform/client.ts';
import { REFRESH_MS } from '../platform/query.ts';

/** One screen and the scrolling after it. */
const PAGE_ROWS = 100;

type Cursor = string | undefined;
const FIRST: Cursor = undefined;

const paged = {
  initialPageParam: FIRST,
  getNextPageParam: (last: { readonly next: string | null }): Cursor => last.next ?? undefined,
};

/** What the host itself is pinned to. */
export function assetPinned(id: string) {
  return queryOptions({
    queryKey: ['asset', id, 'pinned'],
    queryFn: ({ signal }) => call('asset.pinned', { params: { id } }, signal),
    refetchInterval: REFRESH_MS,
  });
}

export function assetCampaigns(id: string) {
  return infiniteQueryOptions({
    ...paged,
    queryKey: ['asset', id, 'campaigns'],
    queryFn: ({ pageParam, signal }) =>
      call('asset.campaigns', { params: { id }, query: { cursor: pageParam, limit: PAGE_ROWS } }, signal),
    refetchInterval: REFRESH_MS,
  });
}

/** Grows at its top: it is loaded again by the person who reads it, and not under their eyes. */
export function assetTimeline(id: string) {
  return infiniteQueryOptions({
    ...paged,
    queryKey: ['asset', id, 'timeline'],
    queryFn: ({ pageParam, signal }) =>
      call('asset.timeline', { params: { id }, query: { cursor: pageParam, limit: PAGE_ROWS } }, signal),
  });
}
