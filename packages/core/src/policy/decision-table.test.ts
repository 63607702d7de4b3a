import { expect, it } from 'vitest';
import { type DecisionTable, outcomeOf } from './decision-table.ts';

const rain = ['dry', 'wet'] as const;
const wind = ['calm', 'windy', 'storm'] as const;
const table: DecisionTable<readonly [typeof rain, typeof wind], 'walk' | 'ride' | 'stay'> = {
  name: 'outing',
  version: '1',
  inputs: [rain, wind],
  outcomes: ['walk', 'ride', 'stay', 'ride', 'ride', 'stay'],
};

it.each([
  ['dry', 'calm', 'walk'],
  ['dry', 'windy', 'ride'],
  ['dry', 'storm', 'stay'],
  ['wet', 'calm', 'ride'],
  ['wet', 'storm', 'stay'],
] as const)('%s and %s: %s', (first, second, outcome) => {
  expect(outcomeOf(table, [first, second])).toBe(outcome);
});

it('a table with a missing row says so instead of guessing', () => {
  expect(() => outcomeOf({ ...table, outcomes: ['walk'] }, ['wet', 'storm'])).toThrow(
    'outing 1 has no row for wet, storm',
  );
});
