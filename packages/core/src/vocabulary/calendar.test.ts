import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateOfDay, dateText, dayOfDate, dayOfText } from './calendar.ts';
import { DAY_MS } from './units.ts';

const FIRST = Date.UTC(1600, 0, 1) / DAY_MS;
const LAST = Date.UTC(2400, 0, 1) / DAY_MS;

describe('the calendar', () => {
  it('is the one of the machine, there and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: FIRST, max: LAST }), (day) => {
        const date = dateOfDay(day);

        expect(dateText(date)).toBe(new Date(day * DAY_MS).toISOString().slice(0, 10));
        expect(dayOfDate(date)).toBe(day);
        expect(dayOfText(dateText(date))).toBe(day);
      }),
    );
  });

  it.each([
    '2026-02-29',
    '2026-02-30',
    '2026-04-31',
    '2100-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '',
    'today',
  ])('has no day %s', (text) => {
    expect(dayOfText(text)).toBeNull();
  });

  it.each([
    ['1970-01-01', 0],
    ['2024-02-29', 19_782],
    ['2000-02-29', 11_016],
  ])('%s is day %i', (text, day) => {
    expect(dayOfText(text)).toBe(day);
  });
});
