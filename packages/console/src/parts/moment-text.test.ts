import fc from 'fast-check';
import { expect, it } from 'vitest';
import { localText, momentOf } from './moment-text.ts';

/** From 1970 to 2100, whole minutes: a field knows no seconds. */
const MINUTES_MAX = 68_374_080;

it('goes to the field and back without losing a minute, whatever the zone', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: MINUTES_MAX }), (minutes) => {
      const instant = minutes * 60_000;
      const back = momentOf(localText(instant)) ?? Number.NaN;
      // Of the hour that a clock shows twice in autumn the field means the first.
      expect([0, 30 * 60_000, 60 * 60_000, 120 * 60_000]).toContain(Math.abs(back - instant));
      expect(localText(back)).toBe(localText(instant));
    }),
  );
});

it.each(['', 'yesterday', '2026-13-40T99:99'])('takes %j for no moment', (text) => {
  expect(momentOf(text)).toBeNull();
});
