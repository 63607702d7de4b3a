import { queryOptions } from '@tanstack/react-query';
import { call } from '../platform/client.ts';
import { REFRESH_MS } from '../platform/query.ts';

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal }) => call('person.list', {}, signal),
  refetchInterval: REFRESH_MS,
});

/** Whoever just ran the commands of the wizard waits for what they bring. */
const WAITING_MS = 4_000;

export const trustQuery = queryOptions({
  queryKey: ['trust'],
  queryFn: ({ signal }) => call('trust.show', {}, signal),
  refetchInterval: ({ state }) => (state.data?.root === null ? WAITING_MS : REFRESH_MS),
});
