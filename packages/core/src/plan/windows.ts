import { DAY_MS, HOUR_MS, type Instant } from '../vocabulary/index.ts';
import { type Freeze, frozenSpans } from './freeze.ts';
import { type Interval, merged, without } from './interval.ts';
import { beginsOn, timeOfDay, type WindowRule } from './window-rule.ts';
import { startOfWindow, type ZoneTable } from './zone-clock.ts';

/** Longer than any plan: a wrong year must not become a million windows. */
const HORIZON_MS_MAX = 800 * DAY_MS;
/** Kiritimati is 14 hours ahead, and was never more. */
const OFFSET_MS_MAX = 24 * HOUR_MS;
const WINDOW_MS_MAX = 7 * DAY_MS;

/** When hosts of a group may go down: its windows, and the times that are taken out of them. */
export interface Openings {
  readonly windows: readonly WindowRule[];
  readonly freezes: readonly Freeze[];
}

/** What is open as instants, in order. */
export function compileOpenings(
  { windows, freezes }: Openings,
  table: ZoneTable,
  from: Instant,
  until: Instant,
): Interval[] {
  return without(compileWindows(windows, table, from, until), frozenSpans(freezes, table));
}

/** The windows as instants, in order, touching ones made one: no week and no month is without its window. */
export function compileWindows(
  rules: readonly WindowRule[],
  table: ZoneTable,
  from: Instant,
  until: Instant,
): Interval[] {
  if (until - from > HORIZON_MS_MAX) throw new RangeError('windows are compiled for 800 days at most');
  const first = Math.floor((from - WINDOW_MS_MAX - OFFSET_MS_MAX) / DAY_MS);
  const last = Math.floor((until + OFFSET_MS_MAX) / DAY_MS);
  const intervals: Interval[] = [];
  for (const rule of rules) {
    const timeOfStart = timeOfDay(rule.start);
    for (let day = first; day <= last; day += 1) {
      if (!beginsOn(rule, day)) continue;
      const start = startOfWindow(day * DAY_MS + timeOfStart, table);
      intervals.push({ from: Math.max(start, from), until: Math.min(start + rule.durationMs, until) });
    }
  }
  return merged(intervals);
}
