import { expect, it } from 'vitest';
import { backoffMs } from './live-backoff.ts';

it.each([
  [1, 0, 500],
  [1, 1, 1_000],
  [2, 1, 2_000],
  [4, 0, 4_000],
  [7, 1, 60_000],
  [400, 1, 60_000],
])('after %d failures and a dice of %d: %d ms', (failures, dice, ms) => {
  expect(backoffMs(failures, dice)).toBe(ms);
});
