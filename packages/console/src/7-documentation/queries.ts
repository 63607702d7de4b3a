import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../platform/client.ts';
import { REFRESH_MS } from '../platform/query.ts';
import { canHash } from './hashing.ts';
import { verifyEntry } from './proof.ts';

const PAGE_ROWS = 100;
/** 5,000 entries by scrolling; whoever looks for one of more filters. */
export const RECORD_PAGES_MAX = 50;
/** A refresh loads every loaded page again; above this it is left to the reader. */
const PAGES_REFRESHED_MAX = 3;
/** A checkpoint comes every half minute. */
const SETTLING_MS = 10_000;

type Cursor = string | undefined;
const FIRST: Cursor = undefined;

export interface RecordFilter {
  readonly search?: string | undefined;
  readonly kind?: string | undefined;
  readonly actor?: string | undefined;
  readonly subject?: string | undefined;
  readonly campaign?: string | undefined;
}

interface PageOf {
  readonly next: string | null;
}

function refreshOf(query: { readonly state: { readonly data?: { readonly pages: readonly unknown[] } | undefined } }) {
  return (query.state.data?.pages.length ?? 0) <= PAGES_REFRESHED_MAX ? REFRESH_MS : false;
}

export function recordEntries(filter: RecordFilter) {
  return infiniteQueryOptions({
    queryKey: ['record', 'entries', filter],
    initialPageParam: FIRST,
    getNextPageParam: (last: PageOf): Cursor => last.next ?? undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) =>
      call('record.list', { query: { ...filter, cursor: pageParam, limit: PAGE_ROWS } }, signal),
    refetchInterval: refreshOf,
  });
}

export const recordState = queryOptions({
  queryKey: ['record', 'state'],
  queryFn: ({ signal }) => call('record.show', {}, signal),
  refetchInterval: ({ state }) => (state.data?.entries === state.data?.checkpoint?.size ? REFRESH_MS : SETTLING_MS),
});

/** Asked for and computed once: what was proved stays so. */
export function recordProof(id: string) {
  return queryOptions({
    queryKey: ['record', 'proof', id],
    queryFn: async ({ signal }) => {
      const proof = await call('record.prove', { params: { id } }, signal);
      return { proof, verdict: canHash() ? await verifyEntry(proof) : null };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export const policyQuery = queryOptions({
  queryKey: ['policy'],
  queryFn: ({ signal }) => call('policy.show', {}, signal),
});
