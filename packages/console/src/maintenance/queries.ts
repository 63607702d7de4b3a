import { queryOptions } from '@tanstack/react-query';
import { call } from '../platform/client.ts';
import { REFRESH_MS } from '../platform/query.ts';

/** The first word of all that is known of plans and their turns: a change of one may move the others. */
export const PLANS_KEY = 'maintenance-plans';

export const planList = queryOptions({
  queryKey: [PLANS_KEY],
  queryFn: ({ signal }) => call('maintenance-plan.list', {}, signal),
  refetchInterval: REFRESH_MS,
});

export function turnList(name: string) {
  return queryOptions({
    queryKey: [PLANS_KEY, name],
    queryFn: ({ signal }) => call('maintenance-turn.list', { params: { name } }, signal),
  });
}

export function turnShown(name: string, day: string) {
  return queryOptions({
    queryKey: [PLANS_KEY, name, day],
    queryFn: ({ signal }) => call('maintenance-turn.show', { params: { name, day } }, signal),
  });
}
