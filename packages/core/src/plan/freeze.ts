import { DAY_MS, dayOfText, type Instant } from '../vocabulary/index.ts';
import type { Interval } from './interval.ts';
import { timeOfDay } from './window-rule.ts';
import { spanOfFreeze, type ZoneTable } from './zone-clock.ts';

/** A time in which nothing is done although a window is open. */
export type Freeze =
  | { readonly kind: 'instants'; readonly from: Instant; readonly until: Instant }
  /** `2026-12-20T00:00`, as clocks show it where the hosts are: days of a calendar begin at midnight there. */
  | { readonly kind: 'local'; readonly from: string; readonly until: string };

export function frozenSpans(freezes: readonly Freeze[], table: ZoneTable): Interval[] {
  return freezes.map((freeze) =>
    freeze.kind === 'instants'
      ? { from: freeze.from, until: freeze.until }
      : spanOfFreeze(localOf(freeze.from), localOf(freeze.until), table),
  );
}

function localOf(text: string): number {
  const [date = '', time = ''] = text.split('T');
  const day = dayOfText(date);
  if (day === null) throw new RangeError(`${text} is no local time`);
  return day * DAY_MS + timeOfDay(time);
}
