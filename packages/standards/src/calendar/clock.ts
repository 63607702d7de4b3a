import type { Freeze } from '@patchsteward/core/plan';
import { DAY_MS, type Instant, MINUTE_MS } from '@patchsteward/core/vocabulary';
import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import { isZone } from '../zones/index.ts';

/** Whose clock a time of a calendar is read from. // RFC 5545 §3.3.5 */
export type Clock =
  /** Of whoever reads it: days, and times without a zone. */
  | { readonly kind: 'reader' }
  | { readonly kind: 'utc' }
  | { readonly kind: 'iana'; readonly zone: string }
  /** A zone with a name of its own, which the calendar describes itself, as those of Outlook. */
  | { readonly kind: 'described'; readonly zone: ICAL.Timezone };

/** What a clock on the wall shows, counted as if it were UTC. */
export type Wall = number;

/** null: it names a zone that neither the IANA database nor the calendar itself knows. */
export function clockOf(property: ICAL.Property, calendar: ICAL.Component): Clock | null {
  const value = property.getFirstValue();
  if (value instanceof ICAL.Time && value.zone === ICAL.Timezone.utcTimezone) return { kind: 'utc' };
  const tzid = property.getParameter('tzid');
  if (typeof tzid !== 'string') return { kind: 'reader' };
  if (isZone(tzid)) return { kind: 'iana', zone: tzid };
  const zone = calendar.getTimeZoneByID(tzid);
  return zone === null ? null : { kind: 'described', zone };
}

export function wallOf({ year, month, day, hour, minute, second }: ICAL.Time): Wall {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The time without its zone, so that what repeats goes by the clock on the wall. */
export function bareTime(wall: Wall, isDate: boolean): ICAL.Time {
  const at = new Date(wall);
  return new ICAL.Time(
    {
      ...{ year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() },
      ...{ hour: at.getUTCHours(), minute: at.getUTCMinutes(), second: at.getUTCSeconds(), isDate },
    },
    ICAL.Timezone.localTimezone,
  );
}

/** Ends and exceptions of a series may be given in UTC, while the series goes by a zone. // RFC 5545 §3.3.10 */
export function wallOn(clock: Clock, time: ICAL.Time): Wall {
  if (time.isDate || time.zone !== ICAL.Timezone.utcTimezone) return wallOf(time);
  if (clock.kind === 'described') return wallOf(time.convertToZone(clock.zone));
  if (clock.kind !== 'iana') return wallOf(time);
  const there = Temporal.Instant.fromEpochMilliseconds(wallOf(time)).toZonedDateTimeISO(clock.zone);
  return wallOfText(there.toPlainDateTime().toString({ smallestUnit: 'second' }));
}

export interface Side {
  readonly clock: Clock;
  readonly wall: Wall;
}

/** Where the clock stands at a begin and an end, a freeze is never shorter than it reads. */
export function freezeOf(from: Side, until: Side): Freeze {
  if (from.clock.kind === 'reader' && until.clock.kind === 'reader') {
    return { kind: 'local', from: localText(from.wall), until: localText(upToMinute(until.wall)) };
  }
  return { kind: 'instants', from: instantOf(from, 'earlier'), until: instantOf(until, 'later') };
}

function instantOf({ clock, wall }: Side, disambiguation: 'earlier' | 'later'): Instant {
  switch (clock.kind) {
    case 'iana': {
      const local = Temporal.PlainDateTime.from(new Date(wall).toISOString().slice(0, -1));
      return local.toZonedDateTime(clock.zone, { disambiguation }).epochMilliseconds;
    }
    case 'described': {
      const time = bareTime(wall, false);
      time.zone = clock.zone;
      return time.toUnixTime() * 1_000;
    }
    case 'utc':
    case 'reader':
      return wall;
  }
}

function localText(wall: Wall): string {
  return new Date(wall).toISOString().slice(0, 16);
}

function upToMinute(wall: Wall): Wall {
  return Math.ceil(wall / MINUTE_MS) * MINUTE_MS;
}

function wallOfText(text: string): Wall {
  return Date.parse(`${text}Z`);
}

export function midnightBefore(wall: Wall): Wall {
  return Math.floor(wall / DAY_MS) * DAY_MS;
}
