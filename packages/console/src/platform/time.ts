import { strings } from './strings.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** From here on hours add nothing to days, and days nothing to months. */
const HOURS_SHOWN_BELOW_MS = 3 * DAY_MS;
const MINUTES_SHOWN_BELOW_MS = 6 * HOUR_MS;
const DAYS_SHOWN_BELOW_MS = 90 * DAY_MS;
const MONTHS_SHOWN_BELOW_MS = 730 * DAY_MS;
const MONTH_MS = 30.4375 * DAY_MS;
const YEAR_MS = 365.25 * DAY_MS;

/** Epoch milliseconds of an RFC 3339 instant of the wire. */
export function instantOf(wire: string): number {
  return Date.parse(wire);
}

/** `2026-03-14 04:10:00 UTC`: the same for every reader. */
export function exactUtc(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** `Sat 14 Mar 2026, 05:10` in the reader's zone: day before month and the month as a word, so that nobody guesses. */
export function exactLocal(instant: number, zone: string = readerZone()): string {
  return formatIn(zone, { hour: '2-digit', minute: '2-digit', hour12: false }).format(instant);
}

/** `14 Mar 2026`: of a date that was given without a time, and therefore without a zone. */
export function dateOnly(instant: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' }).format(
    instant,
  );
}

function formatIn(timeZone: string, more: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...more,
  });
}

export function readerZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A length of time in at most two units: `2 d 4 h`, `35 min`. */
export function duration(ms: number): string {
  const length = Math.abs(ms);
  const units = strings.time;
  if (length < MINUTE_MS) return units.underAMinute;
  if (length < HOUR_MS) return units.minutes(Math.floor(length / MINUTE_MS));
  if (length < DAY_MS) return withRest(units.hours, units.minutes, length, HOUR_MS, MINUTE_MS, MINUTES_SHOWN_BELOW_MS);
  if (length < DAYS_SHOWN_BELOW_MS) {
    return withRest(units.days, units.hours, length, DAY_MS, HOUR_MS, HOURS_SHOWN_BELOW_MS);
  }
  if (length < MONTHS_SHOWN_BELOW_MS) return units.months(Math.floor(length / MONTH_MS));
  return units.years(Math.floor(length / YEAR_MS));
}

type Unit = (count: number) => string;

function withRest(large: Unit, small: Unit, length: number, largeMs: number, smallMs: number, belowMs: number): string {
  const rest = Math.floor((length % largeMs) / smallMs);
  const whole = large(Math.floor(length / largeMs));
  return length < belowMs && rest > 0 ? `${whole} ${small(rest)}` : whole;
}

/** `in 2 d 4 h`, `35 min ago`. */
export function distance(instant: number, now: number): string {
  const ms = instant - now;
  if (Math.abs(ms) < MINUTE_MS) return strings.time.now;
  return ms > 0 ? strings.time.ahead(duration(ms)) : strings.time.ago(duration(ms));
}
