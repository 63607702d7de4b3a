import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listedMoves, runJobOrder } from './testing/job-orders.ts';

/** A move that is made less often was hardly tried. */
const MADE_MIN = 1_000;

it('200,000 orders of events break no promise of a job, and each move is made a thousand times', () => {
  const taken = new Map<string, number>();
  const order = fc.array(fc.noShrink(fc.noBias(fc.nat({ max: 2 ** 31 - 1 }))), { minLength: 20, maxLength: 30 });
  fc.assert(
    fc.property(order, (numbers) => {
      const broken = runJobOrder(numbers, taken);
      if (broken !== null) throw new Error(broken);
    }),
    { numRuns: 200_000, seed: 1 },
  );

  expect(listedMoves().filter((move) => (taken.get(move) ?? 0) < MADE_MIN)).toEqual([]);
});
