import { compileWindows, WEEKDAYS, type WeeklyWindow } from '@patchsteward/core/plan';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '@patchsteward/core/vocabulary';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { isZone, zoneTable } from './zone-table.ts';

const ZONES = Intl.supportedValuesOf('timeZone');
const YEARS = [2011, 2016, 2024, 2026, 2031, 2036];
/** At the hours in which clocks change, somewhere. */
const STARTS = ['00:00', '00:30', '01:15', '02:00', '02:30', '23:45'] as const;
const DURATION_MS = 30 * MINUTE_MS;

/** Each start of the year by the calendar arithmetic of Temporal, which knows nothing of our compiler. */
function startsByCalendar(zone: string, { weekday, start }: WeeklyWindow, year: number): Instant[] {
  const first = Temporal.PlainDate.from({ year, month: 1, day: 1 });
  const ahead = (WEEKDAYS.indexOf(weekday) + 1 - first.dayOfWeek + 7) % 7;
  const starts: Instant[] = [];
  for (let date = first.add({ days: ahead }); date.year === year; date = date.add({ days: 7 })) {
    const local = date.toPlainDateTime(Temporal.PlainTime.from(start));
    starts.push(local.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds);
  }
  return starts;
}

function compiledStarts(zone: string, window: WeeklyWindow, year: number): Set<Instant> {
  const from = Date.UTC(year, 0, 1) - 3 * DAY_MS;
  const until = Date.UTC(year + 1, 0, 1) + 3 * DAY_MS;
  return new Set(compileWindows([window], zoneTable(zone, from, until), from, until).map((one) => one.from));
}

describe('windows over the zones of the world', () => {
  it.each(YEARS)('%i: none is lost, and each is where the calendar has it', (year) => {
    const lost: string[] = [];
    let seen = 0;
    for (const [index, zone] of ZONES.entries()) {
      // Changes come on every day of the week; over the zones and years each day meets each hour.
      const weekdays = ['sun', WEEKDAYS[(index + year) % 7] ?? 'fri'] as const;
      for (const [which, weekday] of weekdays.entries()) {
        const start = STARTS[(index + which + year) % STARTS.length] ?? '02:30';
        const window = { weekday, start, durationMs: DURATION_MS };
        const compiled = compiledStarts(zone, window, year);
        for (const expected of startsByCalendar(zone, window, year)) {
          seen += 1;
          if (!compiled.has(expected)) lost.push(`${zone} ${weekday} ${start} ${new Date(expected).toISOString()}`);
        }
      }
    }

    expect(lost).toEqual([]);
    expect(seen).toBeGreaterThan(ZONES.length * 2 * 50);
  });

  it.each([
    ['Europe/Berlin', 'sun', '02:30', '2026-03-29T01:30Z', 'the hour that is skipped'],
    ['Europe/Berlin', 'sun', '02:30', '2026-10-25T00:30Z', 'the hour that comes twice'],
    ['America/Los_Angeles', 'sun', '02:30', '2026-03-08T10:30Z', 'a gap far from Greenwich'],
    ['Australia/Lord_Howe', 'sun', '02:15', '2026-10-03T15:45Z', 'half an hour that is skipped'],
    ['Australia/Lord_Howe', 'sun', '01:45', '2026-04-04T14:45Z', 'half an hour that comes twice'],
    ['Asia/Kathmandu', 'wed', '00:00', '2026-07-14T18:15Z', 'a quarter of an hour'],
    ['Pacific/Apia', 'fri', '02:00', '2011-12-30T12:00Z', 'the day that Samoa left out'],
    ['Africa/Casablanca', 'sun', '02:30', '2026-02-15T01:30Z', 'clocks that go back for Ramadan'],
  ] as const)('%s, %s %s: %s, %s', (zone, weekday, start, expected, _why) => {
    const at = Date.parse(expected);
    const window = { weekday, start, durationMs: HOUR_MS };

    const compiled = compileWindows([window], zoneTable(zone, at - DAY_MS, at + DAY_MS), at - DAY_MS, at + DAY_MS);

    expect(compiled).toEqual([{ from: at, until: at + HOUR_MS }]);
  });
});

it('the offsets are those that Intl has, an instant before and after each change', () => {
  const from = Date.UTC(2024, 0, 1);
  const until = Date.UTC(2028, 0, 1);
  const wrong = ZONES.flatMap((zone) => {
    const { segments } = zoneTable(zone, from, until);
    return segments.flatMap(({ from: at, offsetMs }, index) => {
      const before = segments[index - 1]?.offsetMs;
      const here = intlOffset(zone, at) === offsetMs;
      const there = before === undefined || intlOffset(zone, at - 1_000) === before;
      return here && there ? [] : [`${zone} ${new Date(at).toISOString()}`];
    });
  });

  expect(wrong).toEqual([]);
});

function intlOffset(zone: string, at: Instant): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(at / 1_000) * 1_000;
}

describe('a zone', () => {
  it.each([
    ['Europe/Berlin', true],
    ['UTC', true],
    ['America/Argentina/Buenos_Aires', true],
    ['Etc/GMT+5', true],
    ['Europe/Atlantis', false],
    ['+02:00', false],
    ['', false],
    ['../etc/passwd', false],
    ['2026-01-01T00:00[Europe/Berlin]', false],
  ])('%s: %s', (zone, known) => {
    expect(isZone(zone)).toBe(known);
  });

  it('says which rules its table was made from', () => {
    expect(zoneTable('UTC', 0, DAY_MS)).toMatchObject({ zone: 'UTC', tzdata: process.versions['tz'] });
  });
});
