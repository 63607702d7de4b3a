import type { Instant } from '../vocabulary/index.ts';
import { type Interval, without } from './interval.ts';

/** Whether a signed span that is still ahead is not open any more: a window went, a freeze came, or clocks have other rules. */
export function isClosed(spans: readonly Interval[], open: readonly Interval[], now: Instant): boolean {
  const ahead = spans
    .filter(({ until }) => until > now)
    .map(({ from, until }) => ({ from: Math.max(from, now), until }));
  return without(ahead, open).length > 0;
}
