import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call } from '../platform/client.ts';
import { REFRESH_MS } from '../platform/query.ts';

/** One screen of work orders and the scrolling after it. */
const PAGE_ROWS = 500;
/** 10,000 hosts, twice each: the test ring, and what was planned again. */
export const PAGES_MAX = 40;
/** A refresh loads every loaded page again; above this it is left to the reader. */
const PAGES_REFRESHED_MAX = 3;
/** Somebody watches a deployment; the server's events come sooner where they come at all. */
const LIVE_MS = 10_000;

type Cursor = string | undefined;
const FIRST: Cursor = undefined;

const paged = {
  initialPageParam: FIRST,
  getNextPageParam: (last: { readonly next: string | null }): Cursor => last.next ?? undefined,
};

function liveWhileFew(query: {
  readonly state: { readonly data?: { readonly pages: readonly unknown[] } | undefined };
}) {
  return (query.state.data?.pages.length ?? 0) <= PAGES_REFRESHED_MAX ? LIVE_MS : false;
}

export function campaignQuery(id: string) {
  return queryOptions({
    queryKey: ['campaign', id],
    queryFn: ({ signal }) => call('campaign.show', { params: { id } }, signal),
    refetchInterval: ({ state }) => (state.data?.ended === true ? REFRESH_MS : LIVE_MS),
  });
}

export function roomsQuery(id: string) {
  return queryOptions({
    queryKey: ['campaign', id, 'rooms'],
    queryFn: ({ signal }) => call('campaign.rooms', { params: { id } }, signal),
    refetchInterval: LIVE_MS,
  });
}

export function feasibilityQuery(id: string) {
  return queryOptions({
    queryKey: ['campaign', id, 'feasibility'],
    queryFn: ({ signal }) => call('campaign.feasibility', { params: { id } }, signal),
    refetchInterval: REFRESH_MS,
  });
}

export type PlanKind = 'production' | 'test' | 'rollback';

export function planQuery(id: string, kind: PlanKind) {
  return queryOptions({
    queryKey: ['campaign', id, 'plan', kind],
    queryFn: ({ signal }) => call('campaign.plan', { params: { id }, query: { kind } }, signal),
    refetchInterval: REFRESH_MS,
  });
}

export function jobList(id: string) {
  return infiniteQueryOptions({
    ...paged,
    queryKey: ['campaign', id, 'jobs'],
    queryFn: ({ pageParam, signal }) =>
      call('campaign.jobs', { params: { id }, query: { cursor: pageParam, limit: PAGE_ROWS } }, signal),
    refetchInterval: liveWhileFew,
  });
}

/** What people carry out by hand; 200 assets, twice each. */
export function workQuery(id: string) {
  return queryOptions({
    queryKey: ['campaign', id, 'work'],
    queryFn: ({ signal }) => call('work.list', { query: { campaign: id, limit: PAGE_ROWS } }, signal),
    refetchInterval: LIVE_MS,
  });
}

export function eventList(id: string) {
  return infiniteQueryOptions({
    ...paged,
    queryKey: ['campaign', id, 'events'],
    queryFn: ({ pageParam, signal }) =>
      call('campaign.events', { params: { id }, query: { cursor: pageParam, limit: PAGE_ROWS } }, signal),
    refetchInterval: liveWhileFew,
  });
}
