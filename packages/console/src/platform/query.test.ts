import { ERRORS } from '@patchsteward/contract';
import { ApiError } from '@patchsteward/contract/client';
import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createQueryClient } from './query.ts';

const SIGNED_OUT = new ApiError({
  error: {
    ...{ code: 'not-signed-in', message: 'Sign in first.', whatToDo: ERRORS['not-signed-in'].whatToDo },
    requestId: 'r-1',
  },
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A screen that asks, and a server that says this often that nobody is signed in. */
async function watched(refusals: number) {
  const onSignedOut = vi.fn();
  const queries = createQueryClient(onSignedOut);
  const queryFn = vi.fn(() => Promise.resolve('answer'));
  for (let time = 0; time < refusals; time += 1) queryFn.mockRejectedValueOnce(SIGNED_OUT);
  const end = new QueryObserver(queries, { queryKey: ['asked'], queryFn }).subscribe(() => undefined);
  await vi.runAllTimersAsync();
  const told = { asked: queryFn.mock.calls.length, signedOut: onSignedOut.mock.calls.length };
  end();
  queries.clear();
  return told;
}

it.each([
  ['answered at once', 0, { asked: 1, signedOut: 0 }],
  ['asked with a session that a new password has just ended', 1, { asked: 2, signedOut: 0 }],
  ['signed out', 2, { asked: 2, signedOut: 1 }],
])('whoever is %s', async (_, refusals, told) => {
  expect(await watched(refusals)).toEqual(told);
});
