import { expect, test } from 'vitest';
import { Dice } from './dice.ts';

const rowOf = (dice: Dice): number[] => Array.from({ length: 8 }, () => dice.next());

test('the same seed gives the same row', () => {
  expect(rowOf(new Dice(7))).toEqual(rowOf(new Dice(7)));
  expect(rowOf(new Dice(7))).not.toEqual(rowOf(new Dice(8)));
});

test('each child has a row of its own, by its name', () => {
  expect(rowOf(new Dice(7).child('server'))).toEqual(rowOf(new Dice(7).child('server')));
  expect(rowOf(new Dice(7).child('server'))).not.toEqual(rowOf(new Dice(7).child('runner')));
});

test('what is chosen is within what was asked for, and every one of it comes', () => {
  const dice = new Dice(1);
  const chosen = Array.from({ length: 1_000 }, () => dice.between(10, 20));
  expect([...new Set(chosen)].sort((a, b) => a - b)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
  expect(new Set(Array.from({ length: 100 }, () => dice.of(['a', 'b', 'c'])))).toEqual(new Set(['a', 'b', 'c']));
  expect(dice.of([])).toBeUndefined();
});
