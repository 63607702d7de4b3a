import type {
  FindingGroupQuery,
  SeverityPreviewRequest,
  SeverityQuery,
  UpdateGroupQuery,
} from '@patchsteward/contract';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../platform/client.ts';
import { REFRESH_MS } from '../platform/query.ts';

/** One screen and the scrolling after it. */
const PAGE_ROWS = 100;
/** Lines of what opens below a row; the rest is a link away. */
export const DETAIL_ROWS = 20;

type Cursor = string | undefined;
const FIRST: Cursor = undefined;

const paged = {
  initialPageParam: FIRST,
  getNextPageParam: (last: { readonly next: string | null }): Cursor => last.next ?? undefined,
};
// While a search is under way the reader keeps the list, and the keyboard its place in it.
const kept = { placeholderData: keepPreviousData };

type Asked<Query> = Partial<Omit<Query, 'cursor' | 'limit'>>;

export function findingGroups(asked: Asked<FindingGroupQuery>) {
  return infiniteQueryOptions({
    ...paged,
    ...kept,
    queryKey: ['findings', 'groups', asked],
    queryFn: ({ pageParam, signal }) =>
      call('finding.groups', { query: { ...asked, cursor: pageParam, limit: PAGE_ROWS } }, signal),
  });
}

export function findingsOfSource(source: string) {
  return queryOptions({
    queryKey: ['findings', 'source', source],
    queryFn: ({ signal }) => call('finding.list', { query: { source, limit: DETAIL_ROWS } }, signal),
  });
}

export function updateGroups(asked: Asked<UpdateGroupQuery>) {
  return infiniteQueryOptions({
    ...paged,
    ...kept,
    queryKey: ['updates', 'groups', asked],
    queryFn: ({ pageParam, signal }) =>
      call('update.groups', { query: { ...asked, cursor: pageParam, limit: PAGE_ROWS } }, signal),
  });
}

export function updatesOfSource(source: string) {
  return queryOptions({
    queryKey: ['updates', 'source', source],
    queryFn: ({ signal }) => call('update.list', { query: { source, limit: DETAIL_ROWS } }, signal),
  });
}

export function offeredTo(query: { readonly scope: string; readonly source: string; readonly sourceVersion: string }) {
  return queryOptions({
    queryKey: ['updates', 'assets', query],
    queryFn: ({ signal }) => call('update.assets', { query: { ...query, limit: DETAIL_ROWS } }, signal),
  });
}

export interface AskedExposure {
  readonly id: string;
  /** A day; none: now. */
  readonly at: string | undefined;
  readonly show: 'all' | undefined;
}

export function exposureOf({ id, at, show }: AskedExposure) {
  return infiniteQueryOptions({
    ...paged,
    // The answer before is not kept: below another question it would be a lie.
    queryKey: ['exposure', id.toUpperCase(), at, show],
    queryFn: ({ pageParam, signal }) =>
      call(
        'exposure.show',
        { params: { vulnerability: id }, query: { at, show, cursor: pageParam, limit: PAGE_ROWS } },
        signal,
      ),
    refetchInterval: REFRESH_MS,
  });
}

export function severityList(asked: Asked<SeverityQuery>) {
  return infiniteQueryOptions({
    ...paged,
    ...kept,
    queryKey: ['severities', asked],
    queryFn: ({ pageParam, signal }) =>
      call('severity.list', { query: { ...asked, cursor: pageParam, limit: PAGE_ROWS } }, signal),
  });
}

export function severityPreview(body: SeverityPreviewRequest) {
  return queryOptions({
    queryKey: ['severities', 'preview', body],
    queryFn: ({ signal }) => call('severity.preview', { body }, signal),
  });
}
