import { describe, expect, it } from 'vitest';
import { dateOnly, distance, duration, exactLocal, exactUtc, instantOf } from './time.ts';

const NOON = instantOf('2026-03-14T12:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('duration', () => {
  it.each([
    [0, 'less than a minute'],
    [59_999, 'less than a minute'],
    [MINUTE, '1 min'],
    [59 * MINUTE, '59 min'],
    [HOUR, '1 h'],
    [HOUR + 20 * MINUTE, '1 h 20 min'],
    [5 * HOUR + 59 * MINUTE, '5 h 59 min'],
    [6 * HOUR + 30 * MINUTE, '6 h'],
    [DAY, '1 d'],
    [2 * DAY + 4 * HOUR, '2 d 4 h'],
    [3 * DAY + 4 * HOUR, '3 d'],
    [89 * DAY, '89 d'],
    [120 * DAY, '3 months'],
    [800 * DAY, '2 years'],
  ])('%d ms is %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
    expect(duration(-ms)).toBe(text);
  });
});

describe('distance', () => {
  it.each([
    [30_000, 'just now'],
    [-30_000, 'just now'],
    [3 * HOUR, 'in 3 h'],
    [-5 * DAY, '5 d ago'],
  ])('%d ms from now is %s', (ms, text) => {
    expect(distance(NOON + ms, NOON)).toBe(text);
  });
});

describe('exact instants', () => {
  it('names UTC to the second', () => {
    expect(exactUtc(NOON)).toBe('2026-03-14 12:00:00 UTC');
  });

  it.each([
    ['Europe/Berlin', 'Sat, 14 Mar 2026, 13:00'],
    ['America/Los_Angeles', 'Sat, 14 Mar 2026, 05:00'],
    ['Asia/Kolkata', 'Sat, 14 Mar 2026, 17:30'],
  ])('shows the zone of a reader in %s', (zone, text) => {
    expect(exactLocal(NOON, zone)).toBe(text);
  });

  it('writes midnight as 00, not as 24', () => {
    expect(exactLocal(instantOf('2026-03-14T00:05:00Z'), 'UTC')).toBe('Sat, 14 Mar 2026, 00:05');
  });

  it('keeps the day of a date without a time, wherever the reader is', () => {
    expect(dateOnly(instantOf('2026-03-14T00:00:00Z'))).toBe('14 Mar 2026');
  });
});
