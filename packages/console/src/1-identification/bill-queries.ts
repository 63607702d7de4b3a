import { queryOptions } from '@tanstack/react-query';
import { call } from '../platform/client.ts';
import { REFRESH_MS } from '../platform/query.ts';
import { assetQuery } from './queries.ts';

export function billList(assetId: string) {
  return queryOptions({
    // With the rest of this asset, so that whatever loads that again loads these too.
    queryKey: [...assetQuery(assetId).queryKey, 'bills'],
    queryFn: ({ signal }) => call('bill.list', { params: { id: assetId } }, signal),
    refetchInterval: REFRESH_MS,
  });
}
