import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffMs, pollMs } from './intervals.ts';

test.each([
  [60_000, 0, 42_000],
  [60_000, 0.5, 60_000],
  [60_000, 0.999_999, 78_000],
  [0, 0.5, 1_000],
  [-5, 0.5, 1_000],
  [1e12, 0.5, 3_600_000],
])('asked for %i ms, with the dice at %d: %i ms', (nextPollMs, random, expected) => {
  expect(pollMs(nextPollMs, random)).toBe(expected);
});

test.each([
  [1, 0, 2_500],
  [1, 0.999_999, 5_000],
  [2, 0, 5_000],
  [3, 0, 10_000],
  [8, 0, 320_000],
  [9, 0, 450_000],
  [9, 0.999_999, 900_000],
  [1_000_000, 0.999_999, 900_000],
])('after %i failures, with the dice at %d: %i ms', (failures, random, expected) => {
  expect(backoffMs(failures, random)).toBe(expected);
});

test('a wait is never nothing and never forever', () => {
  const dice = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.integer(), fc.nat(), dice, (asked, failures, random) => {
      expect(pollMs(asked, random)).toBeGreaterThanOrEqual(700);
      expect(pollMs(asked, random)).toBeLessThanOrEqual(3_600_000 * 1.3);
      expect(backoffMs(failures, random)).toBeGreaterThanOrEqual(2_500);
      expect(backoffMs(failures, random)).toBeLessThanOrEqual(900_000);
    }),
  );
});
