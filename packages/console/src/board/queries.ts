import type { Proposal } from '@patchsteward/contract';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../platform/client.ts';
import { REFRESH_MS } from '../platform/query.ts';

/** The largest page the server gives: whoever has more open campaigns than this searches. */
const BOARD_CAMPAIGNS_MAX = 500;
const PAGE_ROWS = 100;
/** 5,000 rows by scrolling. */
export const PAGES_MAX = 50;
/** A refresh loads every loaded page again; above this it is left to the reader. */
const PAGES_REFRESHED_MAX = 3;

type Cursor = string | undefined;
const FIRST: Cursor = undefined;

const paged = {
  initialPageParam: FIRST,
  getNextPageParam: (last: { readonly next: string | null }): Cursor => last.next ?? undefined,
};

function refreshOf(query: { readonly state: { readonly data?: { readonly pages: readonly unknown[] } | undefined } }) {
  return (query.state.data?.pages.length ?? 0) <= PAGES_REFRESHED_MAX ? REFRESH_MS : false;
}

export function openCampaigns(search: string | undefined) {
  return queryOptions({
    queryKey: ['campaigns', 'board', { search }],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      call('campaign.list', { query: { search, open: 'true', limit: BOARD_CAMPAIGNS_MAX } }, signal),
    refetchInterval: REFRESH_MS,
  });
}

export function allCampaigns(search: string | undefined) {
  return infiniteQueryOptions({
    ...paged,
    queryKey: ['campaigns', 'list', { search }],
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) =>
      call('campaign.list', { query: { search, cursor: pageParam, limit: PAGE_ROWS } }, signal),
    refetchInterval: refreshOf,
  });
}

/** One proposal with all its assets: asked anew each time, as who opens it wants them as they are now. */
export function proposalShown({ scope, source }: Pick<Proposal, 'scope' | 'source'>) {
  return queryOptions({
    queryKey: ['updates', 'proposals', 'shown', { scope, source }],
    queryFn: ({ signal }) => call('proposal.show', { params: { scope, source } }, signal),
    staleTime: 0,
  });
}

export function proposalList(search: string | undefined) {
  return infiniteQueryOptions({
    ...paged,
    // What is offered changes with the updates; a campaign that somebody opens takes one of them away.
    queryKey: ['updates', 'proposals', { search }],
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) =>
      call('proposal.list', { query: { search, cursor: pageParam, limit: PAGE_ROWS } }, signal),
    refetchInterval: refreshOf,
  });
}
