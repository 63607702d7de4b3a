import { expect, it } from 'vitest';
import { cycleOf, cycleText } from './cycle-text.ts';

const EVERY = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const monthly = { kind: 'monthly', nth: 2, weekday: 'tue', offsetDays: 0, months: EVERY };

it.each([
  ['2nd tue', monthly, '2nd tue'],
  ['2ND  TUE +1d', { ...monthly, offsetDays: 1 }, '2nd tue +1'],
  ['last fri -3', { ...monthly, nth: 'last', weekday: 'fri', offsetDays: -3 }, 'last fri -3'],
  ['3rd tue oct,jan,apr,jul', { ...monthly, nth: 3, months: [1, 4, 7, 10] }, '3rd tue jan,apr,jul,oct'],
  ['3rd tue +1 jan', { ...monthly, nth: 3, offsetDays: 1, months: [1] }, '3rd tue +1 jan'],
  ['mon', { kind: 'weekly', weekday: 'mon' }, 'mon'],
  ['2026-12-12, 2027-02-13', { kind: 'announced', dates: ['2026-12-12', '2027-02-13'] }, '2026-12-12,2027-02-13'],
])('%s', (text, rule, again) => {
  const read = cycleOf(text);

  expect(read).toEqual(rule);
  expect(read === undefined ? '' : cycleText(read)).toBe(again);
});

it.each(['', '5th tue', 'tue 2nd', '2nd tue janv', 'mon jan', '2nd', '2026-12-12,soon', 'monthly'])(
  '%j is none',
  (text) => {
    expect(cycleOf(text)).toBeUndefined();
  },
);
