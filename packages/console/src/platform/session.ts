import type { Session } from '@patchsteward/contract';
import { ApiError } from '@patchsteward/contract/client';
import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { call } from './client.ts';
import { strings } from './strings.ts';

/** Who is signed in changes rarely, and every refusal tells us anyway. */
const SESSION_FRESH_MS = 60_000;

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => call('session.show', {}, signal),
  staleTime: SESSION_FRESH_MS,
});

export function useSession(): Session | undefined {
  return useQuery(sessionQuery).data;
}

/** Signed in or out: what the server says of it now, and nothing of what another person saw before. */
export function enterSession(queries: QueryClient, session: Session): void {
  queries.clear();
  queries.setQueryData(sessionQuery.queryKey, session);
}

export async function signOut(queries: QueryClient): Promise<void> {
  await call('session.sign-out', {});
  queries.clear();
}

/** The session ended elsewhere: it expired, or the person signed out in another window. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'not-signed-in';
}

type Access = NonNullable<Session['person']>['may'][number];

/** Why the signed-in person may not do what needs this access; null where they may. The server decides again. */
export function useForbidden(access: Exclude<Access, 'person'>): string | null {
  const person = useSession()?.person;
  return person?.may.includes(access) === true ? null : strings.may[access];
}
