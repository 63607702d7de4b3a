import type { Instant } from '../vocabulary/index.ts';

/** An absolute time span in UTC: `from` is in it, `until` is not. */
export interface Interval {
  readonly from: Instant;
  readonly until: Instant;
}

/** In order, without the empty ones, and those that touch or overlap as one. */
export function merged(intervals: readonly Interval[]): Interval[] {
  const result: Interval[] = [];
  for (const { from, until } of intervals.toSorted((a, b) => a.from - b.from)) {
    if (from >= until) continue;
    const last = result.at(-1);
    if (last === undefined || last.until < from) result.push({ from, until });
    else if (last.until < until) result[result.length - 1] = { from: last.from, until };
  }
  return result;
}

/** What is left of the intervals when the others are taken away. */
export function without(intervals: readonly Interval[], others: readonly Interval[]): Interval[] {
  let left = merged(intervals);
  for (const taken of merged(others)) {
    left = left.flatMap(({ from, until }) =>
      [
        { from, until: Math.min(until, taken.from) },
        { from: Math.max(from, taken.until), until },
      ].filter((piece) => piece.from < piece.until),
    );
  }
  return left;
}

export function within(intervals: readonly Interval[], { from, until }: Interval): Interval[] {
  return intervals.flatMap((interval) => {
    const piece = { from: Math.max(interval.from, from), until: Math.min(interval.until, until) };
    return piece.from < piece.until ? [piece] : [];
  });
}
