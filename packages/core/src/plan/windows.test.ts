import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../vocabulary/index.ts';
import { compileWindows, type WeeklyWindow, type ZoneTable } from './windows.ts';

/** Europe/Berlin, 2026: forward on 29 March at 01:00 UTC, back on 25 October at 01:00 UTC. */
const BERLIN: ZoneTable = {
  zone: 'Europe/Berlin',
  tzdata: 'by hand',
  segments: [
    { from: Date.parse('2025-10-26T01:00Z'), offsetMs: HOUR_MS },
    { from: Date.parse('2026-03-29T01:00Z'), offsetMs: 2 * HOUR_MS },
    { from: Date.parse('2026-10-25T01:00Z'), offsetMs: HOUR_MS },
  ],
};
const UTC: ZoneTable = { zone: 'UTC', tzdata: 'by hand', segments: [{ from: 0, offsetMs: 0 }] };

function shown(windows: readonly WeeklyWindow[], table: ZoneTable, from: string, until: string): string[] {
  return compileWindows(windows, table, Date.parse(from), Date.parse(until)).map(
    (one) => `${new Date(one.from).toISOString().slice(0, 16)} ${new Date(one.until).toISOString().slice(0, 16)}`,
  );
}

describe('a weekly window', () => {
  it.each<[string, WeeklyWindow, string, string, string[]]>([
    [
      'in winter',
      { weekday: 'sun', start: '02:00', durationMs: 4 * HOUR_MS },
      '2026-01-01T00:00Z',
      '2026-01-12T00:00Z',
      ['2026-01-04T01:00 2026-01-04T05:00', '2026-01-11T01:00 2026-01-11T05:00'],
    ],
    [
      'in summer',
      { weekday: 'sun', start: '02:00', durationMs: 4 * HOUR_MS },
      '2026-07-01T00:00Z',
      '2026-07-08T00:00Z',
      ['2026-07-05T00:00 2026-07-05T04:00'],
    ],
    [
      'whose start is skipped comes an hour later by the clock, and is as long',
      { weekday: 'sun', start: '02:30', durationMs: 2 * HOUR_MS },
      '2026-03-28T00:00Z',
      '2026-03-30T00:00Z',
      ['2026-03-29T01:30 2026-03-29T03:30'],
    ],
    [
      'whose start comes twice begins with the first, and is as long',
      { weekday: 'sun', start: '02:30', durationMs: 2 * HOUR_MS },
      '2026-10-24T00:00Z',
      '2026-10-26T00:00Z',
      ['2026-10-25T00:30 2026-10-25T02:30'],
    ],
    [
      'that is open already is the rest of it',
      { weekday: 'sun', start: '02:00', durationMs: 4 * HOUR_MS },
      '2026-01-04T02:00Z',
      '2026-01-05T00:00Z',
      ['2026-01-04T02:00 2026-01-04T05:00'],
    ],
    [
      'that does not end in time is cut',
      { weekday: 'sun', start: '02:00', durationMs: 4 * HOUR_MS },
      '2026-01-03T00:00Z',
      '2026-01-04T02:00Z',
      ['2026-01-04T01:00 2026-01-04T02:00'],
    ],
    [
      'of a whole week never ends',
      { weekday: 'mon', start: '00:00', durationMs: 7 * DAY_MS },
      '2026-03-01T00:00Z',
      '2026-05-01T00:00Z',
      // The week in which clocks go forward is an hour shorter than seven days, the windows overlap by it.
      ['2026-03-01T00:00 2026-05-01T00:00'],
    ],
  ])('%s', (_, window, from, until, expected) => {
    expect(shown([window], BERLIN, from, until)).toEqual(expected);
  });

  it('that touches another is one with it', () => {
    const windows: WeeklyWindow[] = [
      { weekday: 'sun', start: '00:00', durationMs: 2 * HOUR_MS },
      { weekday: 'sat', start: '22:00', durationMs: 2 * HOUR_MS },
    ];

    expect(shown(windows, UTC, '2026-11-20T00:00Z', '2026-11-27T00:00Z')).toEqual([
      '2026-11-21T22:00 2026-11-22T02:00',
    ]);
  });

  it('is refused for a span in which nobody plans, and with a time that no clock shows', () => {
    const window: WeeklyWindow = { weekday: 'sun', start: '02:00', durationMs: HOUR_MS };

    expect(() => compileWindows([window], UTC, 0, 801 * DAY_MS)).toThrow(RangeError);
    expect(() => compileWindows([{ ...window, start: '24:00' }], UTC, 0, 8 * DAY_MS)).toThrow(
      '24:00 is no time of day',
    );
  });
});
