import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listedMoves, runJobOrder } from './testing/job-orders.ts';

it('no order of events breaks a promise of a job, and every move is made', () => {
  const taken = new Map<string, number>();
  fc.assert(
    fc.property(fc.array(fc.noBias(fc.nat({ max: 2 ** 31 - 1 })), { minLength: 20, maxLength: 30 }), (numbers) => {
      expect(runJobOrder(numbers, taken)).toBeNull();
    }),
    { numRuns: 5_000, seed: 1 },
  );

  expect(listedMoves().filter((move) => !taken.has(move))).toEqual([]);
});
