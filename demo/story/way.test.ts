import { expect, it } from 'vitest';
import { hasReached } from './way.ts';

it.each([
  ['tested', 'tested', true],
  // Its backups were proved before, so that nobody saw it tested.
  ['planned', 'tested', true],
  ['authentic', 'tested', false],
  // Off the way there is no further.
  ['paused', 'deploying', false],
  ['paused', 'paused', true],
  ['completed', 'quarantined', false],
  ['withdrawn', 'identified', false],
] as const)('a campaign that is %s has come to %s: %s', (state, wanted, reached) => {
  expect(hasReached(state, wanted)).toBe(reached);
});
