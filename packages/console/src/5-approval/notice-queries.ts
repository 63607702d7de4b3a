import { queryOptions } from '@tanstack/react-query';
import { call } from '../platform/client.ts';
import { REFRESH_MS } from '../platform/query.ts';

export const stakeholdersQuery = queryOptions({
  queryKey: ['notices', 'stakeholders'],
  queryFn: ({ signal }) => call('stakeholder.list', {}, signal),
  refetchInterval: REFRESH_MS,
});

/** Settings of the server: they change with a restart. */
export const channelsQuery = queryOptions({
  queryKey: ['notices', 'channels'],
  queryFn: ({ signal }) => call('notice-channel.show', {}, signal),
});
