import { queryOptions } from '@tanstack/react-query';
import { call } from '../platform/client.ts';
import { REFRESH_MS } from '../platform/query.ts';

/** The largest page the server gives; no house has more groups. */
const GROUPS_MAX = 500;

export const groupList = queryOptions({
  queryKey: ['groups'],
  queryFn: ({ signal }) => call('group.list', { query: { limit: GROUPS_MAX } }, signal),
  refetchInterval: REFRESH_MS,
});

export const freezeList = queryOptions({
  queryKey: ['freezes'],
  queryFn: ({ signal }) => call('freeze.list', {}, signal),
  refetchInterval: REFRESH_MS,
});

export const ruleList = queryOptions({
  queryKey: ['rules'],
  queryFn: ({ signal }) => call('rule.list', {}, signal),
  refetchInterval: REFRESH_MS,
});
