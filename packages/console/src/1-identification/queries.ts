import type { AssetFilterWords, AssetSort } from '@patchsteward/contract';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../platform/client.ts';
import { REFRESH_MS } from '../platform/query.ts';

/** One screen and the scrolling after it. */
const PAGE_ROWS = 100;
/** The largest page the server gives: findings are grouped, and a group wants all of them. */
const FINDINGS_PAGE_ROWS = 500;
/** As many as are loaded wherever the reader jumps in the list of assets. */
export const ASSET_PAGE_ROWS = PAGE_ROWS;
/** 5,000 rows by scrolling; whoever looks for one of more rows searches. */
export const PAGES_MAX = 50;
/** A long neglected machine has some 5,000; four times that, and the browser is still at ease. */
export const FINDINGS_PAGES_MAX = 40;
/** A refresh loads every loaded page again; above this it is left to the reader. */
const PAGES_REFRESHED_MAX = 3;

/** Somebody sits before the screen and waits for a host to appear. */
const WAITING_MS = 5_000;

type Cursor = string | undefined;
const FIRST: Cursor = undefined;

interface PageOf {
  readonly next: string | null;
}

const paged = {
  initialPageParam: FIRST,
  getNextPageParam: (last: PageOf): Cursor => last.next ?? undefined,
};

function refreshOf(query: { readonly state: { readonly data?: { readonly pages: readonly unknown[] } | undefined } }) {
  return (query.state.data?.pages.length ?? 0) <= PAGES_REFRESHED_MAX ? REFRESH_MS : false;
}

/** As keepPreviousData, but never the list of another asset. */
function keepListOf(id: string) {
  return <Data>(before: Data | undefined, query: { readonly queryKey: readonly unknown[] } | undefined) =>
    query?.queryKey[1] === id ? before : undefined;
}

/** One page of the list by its number. */
export function assetPage(filter: AssetFilterWords, sort: AssetSort, page: number) {
  return queryOptions({
    queryKey: ['assets', 'page', filter, sort, page],
    queryFn: ({ signal }) =>
      call('asset.list', { query: { ...filter, sort, skip: page * ASSET_PAGE_ROWS, limit: ASSET_PAGE_ROWS } }, signal),
    refetchInterval: ({ state }) => (state.data?.total === 0 ? WAITING_MS : REFRESH_MS),
  });
}

export function assetFacets(filter: AssetFilterWords) {
  return queryOptions({
    queryKey: ['assets', 'facets', filter],
    queryFn: ({ signal }) => call('asset.facets', { query: filter }, signal),
    placeholderData: keepPreviousData,
  });
}

export function assetQuery(id: string) {
  return queryOptions({
    queryKey: ['asset', id],
    queryFn: ({ signal }) => call('asset.show', { params: { id } }, signal),
    refetchInterval: REFRESH_MS,
  });
}

export function assetFindings(id: string, search: string | undefined) {
  return infiniteQueryOptions({
    ...paged,
    queryKey: ['asset', id, 'findings', { search }],
    placeholderData: keepListOf(id),
    queryFn: ({ pageParam, signal }) =>
      call(
        'asset.findings',
        { params: { id }, query: { search, cursor: pageParam, limit: FINDINGS_PAGE_ROWS } },
        signal,
      ),
    refetchInterval: refreshOf,
  });
}

export function assetUpdates(id: string, search: string | undefined) {
  return infiniteQueryOptions({
    ...paged,
    queryKey: ['asset', id, 'updates', { search }],
    placeholderData: keepListOf(id),
    queryFn: ({ pageParam, signal }) =>
      call('asset.updates', { params: { id }, query: { search, cursor: pageParam, limit: PAGE_ROWS } }, signal),
    refetchInterval: refreshOf,
  });
}

export function assetPackages(id: string, search: string | undefined) {
  return infiniteQueryOptions({
    ...paged,
    queryKey: ['asset', id, 'packages', { search }],
    placeholderData: keepListOf(id),
    queryFn: ({ pageParam, signal }) =>
      call('asset.packages', { params: { id }, query: { search, cursor: pageParam, limit: PAGE_ROWS } }, signal),
    refetchInterval: refreshOf,
  });
}

export const feedList = queryOptions({
  queryKey: ['feeds'],
  queryFn: ({ signal }) => call('feed.list', {}, signal),
  refetchInterval: REFRESH_MS,
});

export function feedQuery(feed: string) {
  return queryOptions({
    queryKey: [...feedList.queryKey, feed],
    queryFn: ({ signal }) => call('feed.show', { params: { feed } }, signal),
  });
}

export const tokenList = queryOptions({
  queryKey: ['enrollment-tokens'],
  queryFn: ({ signal }) => call('enrollment-token.list', {}, signal),
  // Whoever made a token waits for its host.
  refetchInterval: ({ state }) => (state.data?.items.some((token) => token.state === 'open') ? WAITING_MS : REFRESH_MS),
});
