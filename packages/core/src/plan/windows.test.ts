import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../vocabulary/index.ts';
import { WEEKDAYS, type WeeklyWindow, type WindowRule } from './window-rule.ts';
import { compileOpenings, compileWindows } from './windows.ts';
import type { ZoneTable } from './zone-clock.ts';

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

function shown(windows: readonly WindowRule[], table: ZoneTable, from: string, until: string): string[] {
  return compileWindows(windows, table, Date.parse(from), Date.parse(until)).map(
    (one) => `${new Date(one.from).toISOString().slice(0, 16)} ${new Date(one.until).toISOString().slice(0, 16)}`,
  );
}

describe('a weekly window', () => {
  it.each<[string, WeeklyWindow, string, string, string[]]>([
    [
      'in winter',
      { kind: 'weekly', weekday: 'sun', start: '02:00', durationMs: 4 * HOUR_MS },
      '2026-01-01T00:00Z',
      '2026-01-12T00:00Z',
      ['2026-01-04T01:00 2026-01-04T05:00', '2026-01-11T01:00 2026-01-11T05:00'],
    ],
    [
      'in summer',
      { kind: 'weekly', weekday: 'sun', start: '02:00', durationMs: 4 * HOUR_MS },
      '2026-07-01T00:00Z',
      '2026-07-08T00:00Z',
      ['2026-07-05T00:00 2026-07-05T04:00'],
    ],
    [
      'whose start is skipped comes an hour later by the clock, and is as long',
      { kind: 'weekly', weekday: 'sun', start: '02:30', durationMs: 2 * HOUR_MS },
      '2026-03-28T00:00Z',
      '2026-03-30T00:00Z',
      ['2026-03-29T01:30 2026-03-29T03:30'],
    ],
    [
      'whose start comes twice begins with the first, and is as long',
      { kind: 'weekly', weekday: 'sun', start: '02:30', durationMs: 2 * HOUR_MS },
      '2026-10-24T00:00Z',
      '2026-10-26T00:00Z',
      ['2026-10-25T00:30 2026-10-25T02:30'],
    ],
    [
      'that is open already is the rest of it',
      { kind: 'weekly', weekday: 'sun', start: '02:00', durationMs: 4 * HOUR_MS },
      '2026-01-04T02:00Z',
      '2026-01-05T00:00Z',
      ['2026-01-04T02:00 2026-01-04T05:00'],
    ],
    [
      'that does not end in time is cut',
      { kind: 'weekly', weekday: 'sun', start: '02:00', durationMs: 4 * HOUR_MS },
      '2026-01-03T00:00Z',
      '2026-01-04T02:00Z',
      ['2026-01-04T01:00 2026-01-04T02:00'],
    ],
    [
      'of a whole week never ends',
      { kind: 'weekly', weekday: 'mon', start: '00:00', durationMs: 7 * DAY_MS },
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
      { kind: 'weekly', weekday: 'sun', start: '00:00', durationMs: 2 * HOUR_MS },
      { kind: 'weekly', weekday: 'sat', start: '22:00', durationMs: 2 * HOUR_MS },
    ];

    expect(shown(windows, UTC, '2026-11-20T00:00Z', '2026-11-27T00:00Z')).toEqual([
      '2026-11-21T22:00 2026-11-22T02:00',
    ]);
  });

  it('is refused for a span in which nobody plans, and with a time that no clock shows', () => {
    const window: WeeklyWindow = { kind: 'weekly', weekday: 'sun', start: '02:00', durationMs: HOUR_MS };

    expect(() => compileWindows([window], UTC, 0, 801 * DAY_MS)).toThrow(RangeError);
    expect(() => compileWindows([{ ...window, start: '24:00' }], UTC, 0, 8 * DAY_MS)).toThrow(
      '24:00 is no time of day',
    );
  });
});

const TWO_HOURS = { start: '22:00', durationMs: 2 * HOUR_MS } as const;

describe('a monthly window', () => {
  it.each<[string, WindowRule, string, string, string[]]>([
    [
      'the second Tuesday',
      { kind: 'monthly', nth: 2, weekday: 'tue', offsetDays: 0, ...TWO_HOURS },
      '2026-02-01T00:00Z',
      '2026-05-01T00:00Z',
      ['2026-02-10T22:00 2026-02-11T00:00', '2026-03-10T22:00 2026-03-11T00:00', '2026-04-14T22:00 2026-04-15T00:00'],
    ],
    [
      'patch Tuesday and five days',
      { kind: 'monthly', nth: 2, weekday: 'tue', offsetDays: 5, ...TWO_HOURS },
      '2026-02-01T00:00Z',
      '2026-04-01T00:00Z',
      ['2026-02-15T22:00 2026-02-16T00:00', '2026-03-15T22:00 2026-03-16T00:00'],
    ],
    [
      'the last Saturday, of a short February too',
      { kind: 'monthly', nth: 'last', weekday: 'sat', offsetDays: 0, ...TWO_HOURS },
      '2026-01-15T00:00Z',
      '2026-03-15T00:00Z',
      ['2026-01-31T22:00 2026-02-01T00:00', '2026-02-28T22:00 2026-03-01T00:00'],
    ],
    [
      'the last Friday and a week, which is in the next month and year',
      { kind: 'monthly', nth: 'last', weekday: 'fri', offsetDays: 7, ...TWO_HOURS },
      '2026-12-20T00:00Z',
      '2027-01-05T00:00Z',
      ['2027-01-01T22:00 2027-01-02T00:00'],
    ],
    [
      'five days before the first Monday, which is in the month before',
      { kind: 'monthly', nth: 1, weekday: 'mon', offsetDays: -5, ...TWO_HOURS },
      '2026-11-20T00:00Z',
      '2026-12-31T00:00Z',
      ['2026-12-02T22:00 2026-12-03T00:00', '2026-12-30T22:00 2026-12-31T00:00'],
    ],
  ])('%s', (_, rule, from, until, expected) => {
    expect(shown([rule], UTC, from, until)).toEqual(expected);
  });

  it.each([1, 2, 3, 4, 'last'] as const)('that is the %s weekday comes once in every month', (nth) => {
    const starts = WEEKDAYS.flatMap((weekday) =>
      compileWindows(
        [{ kind: 'monthly', nth, weekday, offsetDays: 0, start: '12:00', durationMs: HOUR_MS }],
        UTC,
        Date.UTC(2027, 0, 1),
        Date.UTC(2029, 0, 1),
      ).map(({ from }) => `${weekday} ${new Date(from).toISOString().slice(0, 7)}`),
    );

    expect(starts).toHaveLength(7 * 24);
    expect(new Set(starts).size).toBe(7 * 24);
  });
});

describe('a window that comes once', () => {
  const once = { kind: 'once', date: '2026-03-29', start: '02:30', durationMs: 2 * HOUR_MS } as const;

  it('begins when clocks show it, or later by what they skip', () => {
    expect(shown([once], BERLIN, '2026-03-01T00:00Z', '2026-05-01T00:00Z')).toEqual([
      '2026-03-29T01:30 2026-03-29T03:30',
    ]);
    expect(shown([once], BERLIN, '2026-04-01T00:00Z', '2026-05-01T00:00Z')).toEqual([]);
  });

  it('on a day that is none is refused', () => {
    expect(() => shown([{ ...once, date: '2026-02-30' }], UTC, '2026-01-01T00:00Z', '2026-05-01T00:00Z')).toThrow(
      '2026-02-30 is no day',
    );
  });
});

describe('a freeze', () => {
  const sundays = { kind: 'weekly', weekday: 'sun', start: '02:00', durationMs: 4 * HOUR_MS } as const;

  it.each([
    ['over a window takes it away', '2026-07-05T00:00', '2026-07-06T00:00', []],
    ['over its begin leaves the rest', '2026-07-04T00:00', '2026-07-05T03:00', ['2026-07-05T01:00 2026-07-05T04:00']],
    [
      'in its middle leaves two',
      '2026-07-05T03:00',
      '2026-07-05T04:00',
      ['2026-07-05T00:00 2026-07-05T01:00', '2026-07-05T02:00 2026-07-05T04:00'],
    ],
    ['beside it leaves it', '2026-07-06T00:00', '2026-07-08T00:00', ['2026-07-05T00:00 2026-07-05T04:00']],
  ])('%s', (_, from, until, expected) => {
    const open = compileOpenings(
      { windows: [sundays], freezes: [{ kind: 'local', from, until }] },
      BERLIN,
      Date.parse('2026-07-01T00:00Z'),
      Date.parse('2026-07-08T00:00Z'),
    );

    expect(
      open.map((one) => [one.from, one.until].map((at) => new Date(at).toISOString().slice(0, 16)).join(' ')),
    ).toEqual(expected);
  });
});
