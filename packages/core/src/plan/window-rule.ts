import { dateOfDay, dayOfDate, dayOfText, HOUR_MS, MINUTE_MS } from '../vocabulary/index.ts';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

interface Timed {
  /** `02:00`, as clocks show it in the zone. */
  readonly start: string;
  /** Elapsed time, also in the night in which clocks change. */
  readonly durationMs: number;
}

/** A day of every week. */
export interface WeeklyDay {
  readonly kind: 'weekly';
  readonly weekday: Weekday;
}

/** A day of every month, so many days after (or before) its nth weekday: “patch Tuesday + 5”. */
export interface MonthlyDay {
  readonly kind: 'monthly';
  /** A fifth one has not every month, so there is none: no month is without its day. */
  readonly nth: 1 | 2 | 3 | 4 | 'last';
  readonly weekday: Weekday;
  /** May lead into the month before or after. */
  readonly offsetDays: number;
}

export interface WeeklyWindow extends WeeklyDay, Timed {}
export interface MonthlyWindow extends MonthlyDay, Timed {}

/** Comes once. */
export interface OneOffWindow extends Timed {
  readonly kind: 'once';
  /** `2026-12-24` */
  readonly date: string;
}

/** When the hosts of a group may go down. // rollout-and-trust §2.7 */
export type WindowRule = WeeklyWindow | MonthlyWindow | OneOffWindow;

/** 1970-01-01 was a Thursday. */
const WEEKDAY_OF_DAY_ZERO = 3;
const START_FORM = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Whether a window of the rule begins on that day, counted from 1970-01-01. */
export function beginsOn(rule: WindowRule, day: number): boolean {
  switch (rule.kind) {
    case 'weekly':
    case 'monthly':
      return fallsOn(rule, day);
    case 'once':
      return day === dateOf(rule);
  }
}

/** Whether that day is one of those that come again and again. */
export function fallsOn(rule: WeeklyDay | MonthlyDay, day: number): boolean {
  if (rule.kind === 'weekly') return weekdayOf(day) === rule.weekday;
  return weekdayOf(day - rule.offsetDays) === rule.weekday && isNth(day - rule.offsetDays, rule.nth);
}

/** Milliseconds from midnight, by the clock on the wall. */
export function timeOfDay(start: string): number {
  const [, hours, minutes] = START_FORM.exec(start) ?? [];
  if (hours === undefined || minutes === undefined) throw new RangeError(`${start} is no time of day`);
  return Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS;
}

function weekdayOf(day: number): Weekday | undefined {
  return WEEKDAYS[(((day + WEEKDAY_OF_DAY_ZERO) % 7) + 7) % 7];
}

function isNth(day: number, nth: MonthlyWindow['nth']): boolean {
  const date = dateOfDay(day);
  if (nth !== 'last') return Math.ceil(date.day / 7) === nth;
  const nextMonth = date.month === 12 ? { year: date.year + 1, month: 1 } : { year: date.year, month: date.month + 1 };
  return day + 7 >= dayOfDate({ ...nextMonth, day: 1 });
}

function dateOf({ date }: OneOffWindow): number {
  const day = dayOfText(date);
  if (day === null) throw new RangeError(`${date} is no day`);
  return day;
}
