import { queryOptions } from '@tanstack/react-query';
import { call } from '../platform/client.ts';
import { REFRESH_MS } from '../platform/query.ts';

export const importList = queryOptions({
  queryKey: ['assets', 'imports'],
  queryFn: ({ signal }) => call('asset.imports', {}, signal),
  refetchInterval: REFRESH_MS,
});

export const doubleList = queryOptions({
  queryKey: ['assets', 'doubles'],
  queryFn: ({ signal }) => call('asset.doubles', {}, signal),
  refetchInterval: REFRESH_MS,
});

export const removedList = queryOptions({
  queryKey: ['assets', 'removed'],
  queryFn: ({ signal }) => call('asset.removed', {}, signal),
  refetchInterval: REFRESH_MS,
});
