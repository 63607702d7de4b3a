import type { ExceptionQuery, ExceptionRequest } from '@patchsteward/contract';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../platform/client.ts';
import { REFRESH_MS } from '../platform/query.ts';

const PAGE_ROWS = 100;
/** 2,000 exceptions are a policy and no exceptions; a search finds one faster. */
export const PAGES_MAX = 20;
/** What was looked up stays shown while somebody types on. */
const PREVIEW_FRESH_MS = 30_000;

type Cursor = string | undefined;
const FIRST: Cursor = undefined;

/** As the address says it; what it does not say filters nothing. */
type ExceptionFilter = {
  readonly [Name in 'state' | 'mine' | 'search' | 'asset' | 'vulnerability']?: ExceptionQuery[Name] | undefined;
};

export function exceptionList(filter: ExceptionFilter) {
  return infiniteQueryOptions({
    queryKey: ['exceptions', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      call('exception.list', { query: { ...filter, cursor: pageParam, limit: PAGE_ROWS } }, signal),
    initialPageParam: FIRST,
    getNextPageParam: (last: { readonly next: string | null }): Cursor => last.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
}

export function exceptionQuery(id: string) {
  return queryOptions({
    queryKey: ['exceptions', 'one', id],
    queryFn: ({ signal }) => call('exception.show', { params: { id } }, signal),
    refetchInterval: REFRESH_MS,
  });
}

/** What would follow from a request, without asking for it; null: too little is said. */
export function exceptionPreview(request: ExceptionRequest | null) {
  return queryOptions({
    queryKey: ['exceptions', 'preview', request],
    queryFn: ({ signal }) => (request === null ? null : call('exception.preview', { body: request }, signal)),
    enabled: request !== null,
    placeholderData: keepPreviousData,
    staleTime: PREVIEW_FRESH_MS,
    retry: false,
  });
}
