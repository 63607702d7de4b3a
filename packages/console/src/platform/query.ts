import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isPassing } from './failure.ts';
import { isSignedOut } from './session.ts';

/** Coming back to a screen within this time shows what was there without asking again. */
const FRESH_MS = 15_000;
/** Asked again by itself, so that a screen left open tells the truth; until the server sends events. */
export const REFRESH_MS = 60_000;
/**
 * A new password ends all sessions and opens a new one. What is asked between its commit and its answer still goes with
 * the old one; asked again, it goes with the new one, and nobody is sent to sign in.
 */
const SIGNED_OUT_RETRIES_MAX = 1;
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
        retry: (failures, error) =>
          isSignedOut(error) ? failures < SIGNED_OUT_RETRIES_MAX : failures < RETRIES_MAX && isPassing(error),
      },
      mutations: { networkMode: 'always' },
    },
  });
}
