import {
  compileWindows,
  type Freeze,
  frozenSpans,
  WEEKDAYS,
  type WindowRule,
  type ZoneTable,
} from '@patchsteward/core/plan';
import { DAY_MS, MINUTE_MS } from '@patchsteward/core/vocabulary';
import { Temporal } from 'temporal-polyfill';
import { zoneTable } from '../zone-table.ts';

/** A rule for the first month may lead into the year before, and a window is as long as a week. */
const AROUND_MS = 100 * DAY_MS;
const DURATION_MS = 30 * MINUTE_MS;
/** At the hours in which clocks change, somewhere. */
const STARTS = ['00:00', '00:30', '01:15', '02:00', '02:30', '03:00', '23:45'] as const;
const OFFSETS = [5, -3, 20, 1, -27, 27] as const;

type RuleKind = 'weekly' | 'nth' | 'nth-offset' | 'last' | 'once' | 'freeze';

export interface Found {
  /** What is wrong, by kind of rule; empty is what we want. */
  readonly wrong: string[];
  readonly occurrences: Map<RuleKind, number>;
  /** Occurrences whose local time clocks skipped, or showed twice. */
  readonly skipped: number;
  readonly twice: number;
}

/** What a rule says for one year: compiled by us, and by the calendar arithmetic of Temporal, which knows nothing of it. */
export function compareYear(zone: string, year: number, dice: number, into: Found): Found {
  let { skipped, twice } = into;
  const table = zoneTable(zone, Date.UTC(year, 0, 1) - AROUND_MS, Date.UTC(year + 1, 0, 1) + AROUND_MS);
  const days = new Set(changesOf(zone, year).map((change) => change.toPlainDate().toString()));
  for (const [kind, rule] of rulesOf([...days], year, dice)) {
    const expected = datesOf(rule, year).map((date) => date.toPlainDateTime(Temporal.PlainTime.from(rule.start)));
    const starts = expected.map((local) => local.toZonedDateTime(zone, { disambiguation: 'compatible' }));
    const wanted = starts.map(({ epochMilliseconds: from }) => `${from} ${from + DURATION_MS}`);
    const compiled = compiledOf(table, rule, starts).map(({ from, until }) => `${from} ${until}`);
    const here = `${zone} ${year} ${JSON.stringify(rule)}`;
    into.wrong.push(...differences(wanted, compiled).map((one) => `${here}: ${one}`));
    count(into, kind, wanted.length);
    skipped += starts.filter(
      (start, index) => !start.toPlainDateTime().equals(expected[index] ?? start.toPlainDateTime()),
    ).length;
    twice += expected.filter((local) => days.has(local.toPlainDate().toString()) && isTwice(local, zone)).length;
  }
  into.wrong.push(...wrongFreezes(table, year, into));
  return { ...into, skipped, twice };
}

/** The freezes of one day and of some hours, at the days on which clocks change. */
function wrongFreezes(table: ZoneTable, year: number, into: Found): string[] {
  const { zone } = table;
  return changesOf(zone, year).flatMap((change) => {
    const begin = change.toPlainDateTime().subtract({ minutes: 20 }).round('minute');
    const spans = [
      { from: begin.toPlainDate().toPlainDateTime(), until: begin.toPlainDate().add({ days: 1 }).toPlainDateTime() },
      { from: begin.subtract({ minutes: 25 }), until: begin.add({ minutes: 50 }) },
      { from: begin.add({ minutes: 35 }), until: begin.add({ hours: 5 }) },
    ];
    count(into, 'freeze', spans.length);
    return spans.flatMap(({ from, until }) => {
      const freeze: Freeze = { kind: 'local', from: minuteText(from), until: minuteText(until) };
      const [span] = frozenSpans([freeze], table);
      const begins = from.toZonedDateTime(zone, { disambiguation: 'earlier' }).epochMilliseconds;
      const ends = until.toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds;
      return span?.from === begins && span.until === ends ? [] : [`${zone} ${year} ${JSON.stringify(freeze)}`];
    });
  });
}

function rulesOf(changes: readonly string[], year: number, dice: number): [RuleKind, WindowRule][] {
  const pick = <One>(list: readonly [One, ...One[]], turn: number): One => list[(dice + turn) % list.length] ?? list[0];
  const timed = (turn: number) => ({ start: pick(STARTS, turn), durationMs: DURATION_MS });
  const weekday = (turn: number) => pick(WEEKDAYS, turn);
  const nth = (turn: number) => pick([1, 2, 3, 4] as const, turn);
  return [
    // Most clocks change on a Sunday, most of them at these hours.
    ['weekly', { kind: 'weekly', weekday: 'sun', start: '02:30', durationMs: DURATION_MS }],
    ['weekly', { kind: 'weekly', weekday: weekday(0), ...timed(year) }],
    ['nth', { kind: 'monthly', nth: nth(0), weekday: 'sun', offsetDays: 0, ...timed(1) }],
    ['nth', { kind: 'monthly', nth: 2, weekday: 'tue', offsetDays: 0, ...timed(2) }],
    ['nth-offset', { kind: 'monthly', nth: 2, weekday: 'tue', offsetDays: 5, ...timed(3) }],
    ['nth-offset', { kind: 'monthly', nth: nth(1), weekday: weekday(1), offsetDays: pick(OFFSETS, year), ...timed(4) }],
    ['last', { kind: 'monthly', nth: 'last', weekday: 'sun', offsetDays: 0, ...timed(5) }],
    ['last', { kind: 'monthly', nth: 'last', weekday: weekday(2), offsetDays: 0, ...timed(6) }],
    ...[`${year}-12-31`, `${year}-02-28`, ...changes].flatMap((date): [RuleKind, WindowRule][] =>
      (['00:15', '02:30'] as const).map((start) => ['once', { kind: 'once', date, start, durationMs: DURATION_MS }]),
    ),
  ];
}

/** The same for every zone. */
const DATES = new Map<string, Temporal.PlainDate[]>();

function datesOf(rule: WindowRule, year: number): Temporal.PlainDate[] {
  const key = JSON.stringify([{ ...rule, start: null }, year]);
  const dates = DATES.get(key) ?? calendarDates(rule, year);
  DATES.set(key, dates);
  return dates;
}

/** The days of the year on which the rule has a window, as a calendar on the wall has them. */
function calendarDates(rule: WindowRule, year: number): Temporal.PlainDate[] {
  switch (rule.kind) {
    case 'once':
      return [Temporal.PlainDate.from(rule.date)];
    case 'weekly':
      return weeklyFrom(Temporal.PlainDate.from({ year, month: 1, day: 1 }), rule.weekday, year);
    case 'monthly':
      return [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((month) => {
        const first = Temporal.PlainDate.from({ year, month: 1, day: 1 }).add({ months: month });
        const inMonth = weeklyFrom(first, rule.weekday, first.year).filter((date) => date.month === first.month);
        const found = rule.nth === 'last' ? inMonth.at(-1) : inMonth[rule.nth - 1];
        if (found === undefined) throw new TypeError(`a month without its ${rule.nth} ${rule.weekday}`);
        return found.add({ days: rule.offsetDays });
      });
  }
}

function weeklyFrom(first: Temporal.PlainDate, weekday: (typeof WEEKDAYS)[number], year: number): Temporal.PlainDate[] {
  const ahead = (WEEKDAYS.indexOf(weekday) + 1 - first.dayOfWeek + 7) % 7;
  const dates: Temporal.PlainDate[] = [];
  for (let date = first.add({ days: ahead }); date.year === year; date = date.add({ days: 7 })) dates.push(date);
  return dates;
}

/** Compiled over the year and both ends of it, so that no window is cut. */
function compiledOf(table: ZoneTable, rule: WindowRule, starts: readonly Temporal.ZonedDateTime[]) {
  const first = starts[0]?.epochMilliseconds ?? 0;
  const last = starts.at(-1)?.epochMilliseconds ?? 0;
  return compileWindows([rule], table, first - DAY_MS, last + DAY_MS);
}

function differences(wanted: readonly string[], compiled: readonly string[]): string[] {
  const [a, b] = [new Set(wanted), new Set(compiled)];
  return [
    ...wanted.filter((one) => !b.has(one)).map((one) => `lost ${one}`),
    ...compiled.filter((one) => !a.has(one)).map((one) => `too many ${one}`),
    ...(compiled.length > b.size ? ['doubled'] : []),
  ];
}

function changesOf(zone: string, year: number): Temporal.ZonedDateTime[] {
  const changes: Temporal.ZonedDateTime[] = [];
  let at = Temporal.ZonedDateTime.from({ timeZone: zone, year, month: 1, day: 1 }).getTimeZoneTransition('next');
  while (at !== null && at.year === year) {
    changes.push(at);
    at = at.getTimeZoneTransition('next');
  }
  return changes;
}

function isTwice(local: Temporal.PlainDateTime, zone: string): boolean {
  const [earlier, later] = (['earlier', 'later'] as const).map((disambiguation) =>
    local.toZonedDateTime(zone, { disambiguation }),
  );
  return (
    earlier !== undefined &&
    later !== undefined &&
    earlier.epochMilliseconds !== later.epochMilliseconds &&
    earlier.toPlainDateTime().equals(local)
  );
}

function minuteText(local: Temporal.PlainDateTime): string {
  return local.toString({ smallestUnit: 'minute' });
}

function count({ occurrences }: Found, kind: RuleKind, more: number): void {
  occurrences.set(kind, (occurrences.get(kind) ?? 0) + more);
}

export function nothingFound(): Found {
  return { wrong: [], occurrences: new Map(), skipped: 0, twice: 0 };
}
