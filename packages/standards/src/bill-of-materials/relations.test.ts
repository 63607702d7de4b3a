import { expect, it } from 'vitest';
import { absentOf } from './relations.ts';

it.each([
  [[], []],
  [['a', 'b', 'a'], []],
  [['a', 'c', 'c'], [{ entry: 'c', problem: 'its relations name it, and it is not in the bill' }]],
  [['d', 'c'], [{ entry: 'd', problem: 'its relations name it, and 1 more like it, and it is not in the bill' }]],
])('%j names %j', (named, absent) => {
  expect(absentOf({ named, listed: new Set(['a', 'b']) })).toEqual(absent);
});

it('refuses more relations than a bill can have', () => {
  const named = Array.from({ length: 5_000_001 }, () => 'a');
  expect(absentOf({ named, listed: new Set(['a']) })).toBe('it has more than 5000000 relations');
});
