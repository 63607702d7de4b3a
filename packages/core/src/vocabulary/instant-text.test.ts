import fc from 'fast-check';
import { expect, it } from 'vitest';
import { instantText } from './instant-text.ts';

it.each([
  [0, '1970-01-01 00:00 UTC'],
  [Date.UTC(2026, 10, 22, 18), '2026-11-22 18:00 UTC'],
  [Date.UTC(2024, 1, 29, 23, 59, 59, 999), '2024-02-29 23:59 UTC'],
  [Date.UTC(2000, 1, 29), '2000-02-29 00:00 UTC'],
  [Date.UTC(1900, 2, 1), '1900-03-01 00:00 UTC'],
])('%d reads %s', (instant, text) => {
  expect(instantText(instant)).toBe(text);
});

it('equals the calendar of the platform', () => {
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(1600, 0), max: Date.UTC(2600, 0) }), (instant) => {
      const iso = new Date(instant).toISOString();
      expect(instantText(instant)).toBe(`${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`);
    }),
  );
});
