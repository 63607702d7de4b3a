import { expect, it } from 'vitest';
import { judgeOrders } from './testing/campaign-orders.ts';
import { WHOLE } from './testing/order.ts';
import { listedTransitions } from './testing/transitions.ts';

const ORDERS = 200_000;
/** A transition that is taken less often was hardly tried. */
const TAKEN_MIN = 1_000;

it('200,000 orders of events break no promise, a fifth deploys, each transition is taken a thousand times', () => {
  const { tally, counterexample } = judgeOrders(WHOLE, ORDERS, 1);
  const rare = listedTransitions()
    .map((transition) => ({ transition, taken: tally.transitions.get(transition) ?? 0 }))
    .toSorted((a, b) => a.taken - b.taken);
  const { orders, deployed, accepted, refused } = tally;
  process.stdout.write(
    `${JSON.stringify({ orders, deployed, accepted, refused, listed: rare.length, rarest: rare.slice(0, 5) })}\n`,
  );

  expect(counterexample).toBeNull();
  expect(deployed / orders).toBeGreaterThanOrEqual(0.2);
  expect(rare.filter(({ taken }) => taken < TAKEN_MIN)).toEqual([]);
});
