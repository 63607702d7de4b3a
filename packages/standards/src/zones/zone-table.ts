import { versions } from 'node:process';
import type { ZoneTable } from '@patchsteward/core/plan';
import { DAY_MS, type Instant } from '@patchsteward/core/vocabulary';
import { Temporal } from 'temporal-polyfill';

/** A window that is open at `from` began up to a week and an offset before it. */
const LEAD_MS = 9 * DAY_MS;
const TAIL_MS = 2 * DAY_MS;
/** Morocco changes four times a year, and nobody plans for a century. */
const TRANSITIONS_MAX = 500;
/** `+02:00` is an offset, not a place whose clocks change: a window in it would be an hour off for half the year. */
const ZONE_FORM = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/;

/** Whether it is a name of the IANA database that this machine knows. */
export function isZone(zone: string): boolean {
  if (!ZONE_FORM.test(zone)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** All that is needed to compile windows between the two instants. */
export function zoneTable(zone: string, from: Instant, until: Instant): ZoneTable {
  let at: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(from - LEAD_MS).toZonedDateTimeISO(
    zone,
  );
  const segments: { from: Instant; offsetMs: number }[] = [];
  while (at !== null && at.epochMilliseconds < until + TAIL_MS && segments.length < TRANSITIONS_MAX) {
    segments.push({ from: at.epochMilliseconds, offsetMs: at.offsetNanoseconds / 1e6 });
    at = at.getTimeZoneTransition('next');
  }
  return { zone, tzdata: versions['tz'] ?? 'unknown', segments };
}
