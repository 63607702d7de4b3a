import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../vocabulary/index.ts';
import { type Interval, merged } from './interval.ts';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Comes every week at local time; its length is elapsed time, also in the night in which clocks change. */
export interface WeeklyWindow {
  readonly weekday: Weekday;
  /** `02:00` */
  readonly start: string;
  readonly durationMs: number;
}

/** The offsets of a zone, each from its instant on; the first also holds before. */
export interface ZoneTable {
  readonly zone: string;
  /** The version of the rules that it was made from: another one may move windows. */
  readonly tzdata: string;
  readonly segments: readonly { readonly from: Instant; readonly offsetMs: number }[];
}

/** Longer than any plan: a wrong year must not become a million windows. */
const HORIZON_MS_MAX = 800 * DAY_MS;
/** Kiritimati is 14 hours ahead, and was never more. */
const OFFSET_MS_MAX = 24 * HOUR_MS;
const WINDOW_MS_MAX = 7 * DAY_MS;
/** 1970-01-01 was a Thursday. */
const WEEKDAY_OF_DAY_ZERO = 3;
const START_FORM = /^([01]\d|2[0-3]):([0-5]\d)$/;

/**
 * The windows as instants, in order, touching ones made one. A start in the hour that clocks skip is shifted forward, one
 * in the hour that comes twice is the first: no week is without its window. // rollout-and-trust §2.7
 */
export function compileWindows(
  windows: readonly WeeklyWindow[],
  table: ZoneTable,
  from: Instant,
  until: Instant,
): Interval[] {
  if (until - from > HORIZON_MS_MAX) throw new RangeError('windows are compiled for 800 days at most');
  const first = Math.floor((from - WINDOW_MS_MAX - OFFSET_MS_MAX) / DAY_MS);
  const last = Math.floor((until + OFFSET_MS_MAX) / DAY_MS);
  const intervals: Interval[] = [];
  for (let day = first; day <= last; day += 1) {
    const weekday = WEEKDAYS[(((day + WEEKDAY_OF_DAY_ZERO) % 7) + 7) % 7];
    for (const window of windows) {
      if (window.weekday !== weekday) continue;
      const start = instantOfLocal(day * DAY_MS + timeOfDay(window.start), table);
      intervals.push({ from: Math.max(start, from), until: Math.min(start + window.durationMs, until) });
    }
  }
  return merged(intervals);
}

function timeOfDay(start: string): number {
  const [, hours, minutes] = START_FORM.exec(start) ?? [];
  if (hours === undefined || minutes === undefined) throw new RangeError(`${start} is no time of day`);
  return Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS;
}

/** `local` is what the clock on the wall shows, counted as if it were UTC. */
function instantOfLocal(local: number, { segments }: ZoneTable): Instant {
  let before: number | null = null;
  for (const [index, { from, offsetMs }] of segments.entries()) {
    const next = segments[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    const instant = local - offsetMs;
    // In the gap: the clock was not yet there before the change, and is past it after. The offset before holds.
    if (before !== null && instant < from) return local - before;
    if (instant < next) return instant;
    before = offsetMs;
  }
  throw new RangeError('the table of the zone is empty');
}
