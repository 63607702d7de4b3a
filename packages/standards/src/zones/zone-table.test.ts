import { compileWindows } from '@patchsteward/core/plan';
import { DAY_MS, HOUR_MS, type Instant } from '@patchsteward/core/vocabulary';
import { describe, expect, it } from 'vitest';
import { compareYear, nothingFound } from './testing/window-oracle.ts';
import { isZone, zoneTable } from './zone-table.ts';

const ZONES = Intl.supportedValuesOf('timeZone');
/** From 2024 to 2036. */
const YEARS = 13;
/** One year of every third zone here; windows.real.ts takes all years of all of them. */
const DRAWN_EACH = 3;

describe('windows over the zones of the world', () => {
  it('none is lost and none is doubled, each is where the calendar has it', () => {
    const drawn = ZONES.filter((_, index) => index % DRAWN_EACH === 0);

    const found = drawn.reduce(
      (sofar, zone, index) => compareYear(zone, 2024 + (index % YEARS), index, sofar),
      nothingFound(),
    );

    expect(found.wrong).toEqual([]);
    expect(found.occurrences.get('weekly')).toBeGreaterThan(drawn.length * 100);
    expect(found.occurrences.get('nth-offset')).toBe(drawn.length * 28);
    expect(found.skipped).toBeGreaterThan(20);
    expect(found.twice).toBeGreaterThan(20);
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
    const window = { kind: 'weekly', weekday, start, durationMs: HOUR_MS } as const;

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
