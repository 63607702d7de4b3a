import { HOUR_MS } from '@patchsteward/core/vocabulary';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { timelyFault } from './timely.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const before = (hours: number): number => NOW - hours * HOUR_MS;

it.each([
  ['a fresh one', before(1), before(-24), null, null],
  ['the first without an end', before(9_000), null, null, null],
  ['a newer one', before(1), null, { date: before(2), signed: 'b' }, null],
  ['the same again', before(1), null, { date: before(1), signed: 'a' }, null],
  ['another of the same date', before(1), null, { date: before(1), signed: 'b' }, 'index-rolled-back'],
  ['an older one', before(2), before(-24), { date: before(1), signed: 'b' }, 'index-rolled-back'],
  ['one past its end', before(48), before(1), null, 'index-expired'],
  ['one at its end', before(48), NOW, null, 'index-expired'],
  ['one of a clock that is ahead by seconds', NOW + 30_000, null, null, null],
  ['one dated ahead', NOW + 61_000, null, null, 'index-not-yet-valid'],
] as const)('%s', (_, date, validUntil, seen, expected) => {
  expect(timelyFault({ date, validUntil }, 'a', seen, NOW)).toBe(expected);
});

it('never lets an origin go back, in whatever order indexes come', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 50 }), (hours) => {
      let seen: { date: number; signed: string } | null = null;
      for (const hour of hours) {
        const date = before(hour);
        const signed = `index of ${hour}`;
        if (timelyFault({ date, validUntil: null }, signed, seen, NOW) !== null) continue;
        expect(date).toBeGreaterThanOrEqual(seen === null ? date : (seen as { date: number }).date);
        seen = { date, signed };
      }
    }),
  );
});
