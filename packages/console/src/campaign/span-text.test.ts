import { expect, test } from 'vitest';
import { spanText } from './span-text.ts';

test.each([
  ['one night', '2026-03-14T01:00:00.000Z', '2026-03-14T03:00:00.000Z', 'UTC', 'Sat 14 Mar 2026, 01:00 – 03:00'],
  [
    'over midnight of the zone',
    ...['2026-03-14T22:00:00.000Z', '2026-03-14T23:30:00.000Z', 'Europe/Berlin'],
    'Sat 14 Mar 2026, 23:00 – Sun 15 Mar 2026, 00:30',
  ],
  [
    'the night in which clocks are put forward',
    ...['2026-03-29T00:30:00.000Z', '2026-03-29T01:30:00.000Z', 'Europe/Berlin'],
    'Sun 29 Mar 2026, 01:30 – 03:30',
  ],
] as const)('a span of %s', (_, from, until, zone, text) => {
  // The comma after the weekday is a matter of the data that the machine has.
  expect(spanText({ from, until }, zone).replaceAll(/(Sat|Sun),/g, '$1')).toBe(text);
});
