import { HOUR_MS, MINUTE_MS } from '@patchsteward/core/vocabulary';
import { describe, expect, it, test } from 'vitest';
import { nextOf, offsetText } from './group-next.ts';

const NOW = Date.UTC(2026, 9, 20, 12);
const TIMED = { start: '02:00', durationMs: 2 * HOUR_MS };

describe('the next windows', () => {
  it('are those that are not frozen', () => {
    const { next } = nextOf(
      { zone: 'UTC', windows: [{ kind: 'weekly', weekday: 'sat', ...TIMED }] },
      [{ kind: 'local', from: '2026-10-24T03:00', until: '2026-11-01T00:00' }],
      NOW,
    );

    expect(next.map(({ from, until }) => `${from.slice(0, 13)} ${until.slice(11, 13)}`)).toEqual([
      '2026-10-24T02 03',
      '2026-11-07T02 04',
      '2026-11-14T02 04',
    ]);
  });

  it('are told with the offset that clocks have then', () => {
    const { next, tzdata } = nextOf(
      { zone: 'Europe/Berlin', windows: [{ kind: 'weekly', weekday: 'sat', ...TIMED }] },
      [],
      NOW,
    );

    expect(next).toEqual([
      { from: '2026-10-24T00:00:00.000Z', until: '2026-10-24T02:00:00.000Z', offset: '+02:00' },
      { from: '2026-10-31T01:00:00.000Z', until: '2026-10-31T03:00:00.000Z', offset: '+01:00' },
      { from: '2026-11-07T01:00:00.000Z', until: '2026-11-07T03:00:00.000Z', offset: '+01:00' },
    ]);
    expect(tzdata).toBe(process.versions['tz']);
  });

  it('of a monthly window are three too', () => {
    const { next } = nextOf(
      { zone: 'UTC', windows: [{ kind: 'monthly', nth: 2, weekday: 'tue', offsetDays: 5, ...TIMED }] },
      [],
      NOW,
    );

    expect(next.map(({ from }) => from.slice(0, 10))).toEqual(['2026-11-15', '2026-12-13', '2027-01-17']);
  });

  it('of what comes once is one, and none when it is over', () => {
    const next = (date: string) =>
      nextOf({ zone: 'UTC', windows: [{ kind: 'once', date, ...TIMED }] }, [], NOW).next.length;

    expect([next('2027-06-01'), next('2026-06-01')]).toEqual([1, 0]);
  });
});

test.each([
  [0, '+00:00'],
  [5.5 * HOUR_MS, '+05:30'],
  [-3.5 * HOUR_MS, '-03:30'],
  [13 * HOUR_MS + 45 * MINUTE_MS, '+13:45'],
])('%i ms are %s', (offsetMs, text) => {
  expect(offsetText(offsetMs)).toBe(text);
});
