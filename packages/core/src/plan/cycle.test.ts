import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../vocabulary/index.ts';
import { dueTurns, type MaintenanceCycle, nextTurns } from './cycle.ts';
import { WEEKDAYS } from './window-rule.ts';
import type { ZoneTable } from './zone-clock.ts';

const UTC: ZoneTable = { zone: 'UTC', tzdata: 'by hand', segments: [{ from: 0, offsetMs: 0 }] };
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
const NTHS = [1, 2, 3, 4, 'last'] as const;
const EVERY_MONTH = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const SECOND_TUESDAY: MaintenanceCycle = {
  rule: { kind: 'monthly', nth: 2, weekday: 'tue', offsetDays: 0, months: EVERY_MONTH },
  leadDays: 0,
  opensAt: '09:00',
};

function shown(cycle: MaintenanceCycle, table: ZoneTable, after: string, count = 3): string[] {
  return nextTurns(cycle, table, Date.parse(after), count).map(
    ({ day, opensAt }) => `${day} ${new Date(opensAt).toISOString().slice(0, 16)}`,
  );
}

describe('the next turns', () => {
  it.each<[string, MaintenanceCycle, ZoneTable, string, string[]]>([
    [
      'of every month',
      SECOND_TUESDAY,
      UTC,
      '2026-11-23T12:00Z',
      ['2026-12-08 2026-12-08T09:00', '2027-01-12 2027-01-12T09:00', '2027-02-09 2027-02-09T09:00'],
    ],
    [
      'open days before, by the clocks of that day',
      { ...SECOND_TUESDAY, leadDays: 20 },
      BERLIN,
      '2026-03-01T00:00Z',
      ['2026-04-14 2026-03-25T08:00', '2026-05-12 2026-04-22T07:00', '2026-06-09 2026-05-20T07:00'],
    ],
    [
      'of each quarter, where the vendor has those',
      {
        rule: { kind: 'monthly', nth: 3, weekday: 'tue', offsetDays: 1, months: [1, 4, 7, 10] },
        leadDays: 0,
        opensAt: '06:00',
      },
      UTC,
      '2026-11-23T12:00Z',
      ['2027-01-20 2027-01-20T06:00', '2027-04-21 2027-04-21T06:00', '2027-07-21 2027-07-21T06:00'],
    ],
    [
      'whose offset leads out of the month count by the month of the weekday',
      {
        rule: { kind: 'monthly', nth: 'last', weekday: 'fri', offsetDays: 10, months: [12] },
        leadDays: 0,
        opensAt: '00:00',
      },
      UTC,
      '2026-01-02T00:00Z',
      ['2026-01-05 2026-01-05T00:00', '2027-01-04 2027-01-04T00:00', '2028-01-10 2028-01-10T00:00'],
    ],
    [
      'of every week',
      { rule: { kind: 'weekly', weekday: 'mon' }, leadDays: 2, opensAt: '18:00' },
      UTC,
      '2026-11-23T12:00Z',
      ['2026-11-30 2026-11-28T18:00', '2026-12-07 2026-12-05T18:00', '2026-12-14 2026-12-12T18:00'],
    ],
    [
      'that are announced are those days alone, in their order',
      { rule: { kind: 'announced', dates: ['2027-02-13', '2026-12-12', '2026-01-10'] }, leadDays: 1, opensAt: '09:00' },
      UTC,
      '2026-11-23T12:00Z',
      ['2026-12-12 2026-12-11T09:00', '2027-02-13 2027-02-12T09:00'],
    ],
    [
      'do not hold the one that opens at this very moment',
      SECOND_TUESDAY,
      UTC,
      '2026-12-08T09:00Z',
      ['2027-01-12 2027-01-12T09:00', '2027-02-09 2027-02-09T09:00', '2027-03-09 2027-03-09T09:00'],
    ],
  ])('%s', (_, cycle, table, after, expected) => {
    expect(shown(cycle, table, after)).toEqual(expected);
  });

  it('are never more than asked for', () => {
    expect(shown(SECOND_TUESDAY, UTC, '2026-11-23T12:00Z', 5)).toHaveLength(5);
    expect(shown(SECOND_TUESDAY, UTC, '2026-11-23T12:00Z', 0)).toEqual([]);
  });
});

describe('what is due', () => {
  const due = (followedUntil: string, now: string, isPaused = false) =>
    dueTurns(SECOND_TUESDAY, UTC, { followedUntil: Date.parse(followedUntil), now: Date.parse(now), isPaused }).map(
      ({ day, as }) => `${day} ${as}`,
    );

  it.each([
    ['nothing before its time', '2026-11-23T12:00Z', '2026-12-08T08:59Z', []],
    ['a turn at its time', '2026-11-23T12:00Z', '2026-12-08T09:00Z', ['2026-12-08 proposed']],
    ['nothing twice', '2026-12-08T09:00Z', '2026-12-09T09:00Z', []],
    ['one that is late, however late', '2026-11-23T12:00Z', '2027-01-12T08:59Z', ['2026-12-08 proposed']],
    [
      'of several the last, and the others are told',
      '2026-11-23T12:00Z',
      '2027-02-09T09:00Z',
      ['2026-12-08 missed', '2027-01-12 missed', '2027-02-09 proposed'],
    ],
  ])('%s', (_, followedUntil, now, expected) => {
    expect(due(followedUntil, now)).toEqual(expected);
  });

  it('while it is paused is told, and nobody is asked', () => {
    expect(due('2026-11-23T12:00Z', '2027-01-12T09:00Z', true)).toEqual(['2026-12-08 paused', '2027-01-12 paused']);
  });
});

const anyCycle: fc.Arbitrary<MaintenanceCycle> = fc.record({
  rule: fc.oneof(
    fc.record({ kind: fc.constant('weekly' as const), weekday: fc.constantFrom(...WEEKDAYS) }),
    fc.record({
      kind: fc.constant('monthly' as const),
      nth: fc.constantFrom(...NTHS),
      weekday: fc.constantFrom(...WEEKDAYS),
      offsetDays: fc.integer({ min: -27, max: 27 }),
      months: fc.constant(EVERY_MONTH),
    }),
  ),
  leadDays: fc.integer({ min: 0, max: 27 }),
  opensAt: fc.constantFrom('00:00', '02:30', '09:00', '23:59'),
});
const anyInstant = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-06-01') });

test('wherever servers stop and look again, every turn is told once, in order, and none is lost', () => {
  fc.assert(
    fc.property(
      anyCycle,
      anyInstant,
      fc.array(fc.integer({ min: 0, max: 120 * DAY_MS }), { minLength: 1, maxLength: 8 }),
      (cycle, begin, steps) => {
        let followedUntil = begin;
        const told: string[] = [];
        for (const step of steps) {
          const now = followedUntil + step;
          told.push(...dueTurns(cycle, BERLIN, { followedUntil, now, isPaused: false }).map(({ day }) => day));
          followedUntil = now;
        }

        const all = nextTurns(cycle, BERLIN, begin, told.length + 1);
        expect(told).toEqual(all.slice(0, told.length).map(({ day }) => day));
        const next = all[told.length];
        if (next !== undefined) expect(next.opensAt).toBeGreaterThan(followedUntil);
      },
    ),
  );
});

test('no month is without its turn, and none has two', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...NTHS),
      fc.constantFrom(...WEEKDAYS),
      fc.integer({ min: 2020, max: 2060 }),
      (nth, weekday, year) => {
        const rule = { kind: 'monthly', nth, weekday, offsetDays: 0, months: EVERY_MONTH } as const;
        const after = Date.UTC(year, 0, 1) - 1;

        const turns = nextTurns({ rule, leadDays: 0, opensAt: '00:00' }, UTC, after, 12);

        expect(turns.map(({ day }) => day.slice(0, 7))).toEqual(
          EVERY_MONTH.map((month) => `${year}-${String(month).padStart(2, '0')}`),
        );
      },
    ),
  );
});
