import { describe, expect, it } from 'vitest';
import { GRANT_CHECKS, type GrantCheck } from '../6-deployment/index.ts';
import { GUARDS, type GuardName } from './guards/index.ts';
import { judgeOrders } from './testing/campaign-orders.ts';
import { WHOLE } from './testing/order.ts';
import { listedTransitions } from './testing/transitions.ts';

const SEED = 20_261_122;
const ORDERS = 5_000;
/** The guards below are missed long before this many orders: the rarest after about 1,500. */
const ORDERS_MAX = 20_000;

it('no order of events breaks a promise, a fifth of them deploys, and every line of the table is taken', () => {
  const { tally, counterexample } = judgeOrders(WHOLE, ORDERS, SEED);

  expect(counterexample).toBeNull();
  expect(tally.deployed / tally.orders).toBeGreaterThanOrEqual(0.2);
  const listed = listedTransitions();
  expect(listed.filter((transition) => !tally.transitions.has(transition))).toEqual([]);
  const taken = [...tally.transitions.keys()].filter((transition) => !transition.startsWith('job '));
  expect(taken.filter((transition) => !listed.includes(transition))).toEqual([]);
});

// A guard that nothing misses is no guard, or a promise that nobody wrote down.
describe('without its guard an order of events breaks a promise:', () => {
  // These two only choose the line: without them an event that must not lead on is refused by the guards of that line.
  const choosers: readonly GuardName[] = ['backup-nothing-missing', 'plan-for-production'];
  const guards = (Object.keys(GUARDS) as GuardName[]).filter((name) => !choosers.includes(name));

  it.each(guards)('%s', (name) => {
    const machinery = { ...WHOLE, guards: { ...GUARDS, [name]: () => null } };

    expect(judgeOrders(machinery, ORDERS_MAX, SEED).counterexample).toMatch(/seed/);
  });
});

describe('without its check a grant breaks a promise:', () => {
  // The job machine itself refuses a grant to a host that is not armed; forks and backups are facts from outside, which
  // the tests of the decision cover.
  const elsewhere: readonly GrantCheck[] = ['armed', 'no-fork', 'backup'];
  const checks = (Object.keys(GRANT_CHECKS) as GrantCheck[]).filter((name) => !elsewhere.includes(name));

  it.each(checks)('%s', (name) => {
    const machinery = { ...WHOLE, checks: { ...GRANT_CHECKS, [name]: () => [] } };

    expect(judgeOrders(machinery, ORDERS_MAX, SEED).counterexample).toMatch(/seed/);
  });
});
