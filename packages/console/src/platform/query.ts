import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isPassing } from './failure.ts';
import { isSignedOut } from './session.ts';

/** Coming back to a screen within this time shows what was there without asking again. */
const FRESH_MS = 15_000;
/** Asked again by itself, so that a screen left open tells the truth; until the server sends events. */
export const REFRESH_MS = 60_000;
/** Two more attempts bridge a restart of the server; after that the person is told. */
const RETRIES_MAX = 2;

export function createQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: unknown): void => {
    if (isSignedOut(error)) onSignedOut();
  };

  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        // A server on this very machine answers without any network.
        networkMode: 'always',
        retry: (failures, error) => failures < RETRIES_MAX && isPassing(error),
      },
      mutations: { networkMode: 'always' },
    },
  });
}
