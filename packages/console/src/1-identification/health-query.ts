import { queryOptions } from '@tanstack/react-query';
import { call } from '../platform/client.ts';
import { assetQuery } from './queries.ts';

export function healthQuery(assetId: string) {
  return queryOptions({
    queryKey: [...assetQuery(assetId).queryKey, 'health'],
    queryFn: ({ signal }) => call('health-profile.show', { params: { id: assetId } }, signal),
  });
}
