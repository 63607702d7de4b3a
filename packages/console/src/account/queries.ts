import { queryOptions } from '@tanstack/react-query';
import { call } from '../platform/client.ts';

/** Below `account`, so that whatever changes the account renews it. */
export const apiTokensQuery = queryOptions({
  queryKey: ['account', 'api-tokens'],
  queryFn: ({ signal }) => call('api-token.list', {}, signal),
});
