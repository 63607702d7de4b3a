import fc from 'fast-check';
import { expect, it } from 'vitest';
import { entryDateOf } from './entry-date.ts';

it.each([
  ['Tue, 03 Nov 2026 09:15:00 +0100', '2026-11-03T08:15:00.000Z'],
  ['3 Nov 2026 09:15 GMT', '2026-11-03T09:15:00.000Z'],
  ['Tue, 3 Nov 26 09:15:30 EST', '2026-11-03T14:15:30.000Z'],
  ['Tuesday, 03 November 2026 09:15:00 PDT', '2026-11-03T16:15:00.000Z'],
  ['Tue, 03 Nov 98 09:15:00 UT', '1998-11-03T09:15:00.000Z'],
  // A zone that nobody knows is UTC. // RFC 5322 §4.3
  ['Tue, 03 Nov 2026 09:15:00 XYZ', '2026-11-03T09:15:00.000Z'],
  ['2026-11-03T09:15:00Z', '2026-11-03T09:15:00.000Z'],
  ['2026-11-03T09:15:00.250+02:00', '2026-11-03T07:15:00.250Z'],
  ['2026-11-03T09:15+02:00', '2026-11-03T07:15:00.000Z'],
  ['  2026-11-03  ', '2026-11-03T00:00:00.000Z'],
])('reads %s', (text, expected) => {
  expect(new Date(entryDateOf(text)?.at ?? Number.NaN).toISOString()).toBe(expected);
});

it.each([
  ['a date alone', '2026-11-03', 'day'],
  ['a date with a time', '2026-11-03T00:00:00Z', 'time'],
])('says how exactly it is known: %s', (_, text, precision) => {
  expect(entryDateOf(text)?.precision).toBe(precision);
});

it.each([
  [
    '',
    'yesterday',
    '32 Nov 2026 10:00 GMT',
    '30 Feb 2026 10:00 GMT',
    '3 Brumaire 2026 10:00 GMT',
    '2026-13-01T00:00:00Z',
  ],
  ['1 Jan 0001 00:00 GMT', `${'9'.repeat(200)} Nov 2026 10:00 GMT`, '3 Nov 2026 25:00 GMT'],
])('takes what is none for none', (...texts) => {
  for (const text of texts) expect([text, entryDateOf(text)]).toEqual([text, null]);
});

it('reads back what mail writes of any second', () => {
  const seconds = fc.integer({ min: Date.UTC(1990, 0, 1) / 1000, max: Date.UTC(2090, 0, 1) / 1000 });
  fc.assert(
    fc.property(seconds, (second) => {
      expect(entryDateOf(new Date(second * 1000).toUTCString())?.at).toBe(second * 1000);
    }),
  );
});
