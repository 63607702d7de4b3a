import type { WindowBody } from '@patchsteward/contract';
import { describe, expect, it } from 'vitest';
import { windowOf, windowText } from './window-text.ts';

const HOUR_MS = 3_600_000;
const TIMED = { start: '22:00', durationMs: 3 * HOUR_MS };

describe('a window as it is typed', () => {
  it.each<[string, WindowBody]>([
    ['sun 22:00 3h', { kind: 'weekly', weekday: 'sun', ...TIMED }],
    ['2nd tue 22:00 3h', { kind: 'monthly', nth: 2, weekday: 'tue', offsetDays: 0, ...TIMED }],
    ['2nd tue +5 22:00 3h', { kind: 'monthly', nth: 2, weekday: 'tue', offsetDays: 5, ...TIMED }],
    ['1st mon -3 22:00 3h', { kind: 'monthly', nth: 1, weekday: 'mon', offsetDays: -3, ...TIMED }],
    ['last sat 22:00 3h', { kind: 'monthly', nth: 'last', weekday: 'sat', offsetDays: 0, ...TIMED }],
    ['2026-12-27 22:00 3h', { kind: 'once', date: '2026-12-27', ...TIMED }],
  ])('%s is read and written', (text, window) => {
    expect(windowOf(text)).toEqual(window);
    expect(windowText(window)).toBe(text);
  });

  it.each([
    ['  2ND  Tue  + 5 22:00 3h', '2nd tue +5 22:00 3h'],
    ['2nd tue +5d 22:00 180m', '2nd tue +5 22:00 3h'],
    ['2nd tue -0 22:00 3h', '2nd tue 22:00 3h'],
  ])('"%s" is "%s"', (typed, text) => {
    const window = windowOf(typed);

    expect(window === undefined ? null : windowText(window)).toBe(text);
  });

  it.each([
    '',
    'sun',
    '22:00 3h',
    'sunday 22:00 3h',
    'sun 24:00 3h',
    'sun 22:00 3',
    'sun 22:00 3h UTC',
    '5th tue 22:00 3h',
    '2nd 22:00 3h',
    '2nd tue 5 22:00 3h',
    '2nd tue +5 +6 22:00 3h',
    '27.12.2026 22:00 3h',
    '2026-12-27 mon 22:00 3h',
  ])('"%s" is none', (text) => {
    expect(windowOf(text)).toBeUndefined();
  });
});
