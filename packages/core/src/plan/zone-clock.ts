import type { Instant } from '../vocabulary/index.ts';

/** The offsets of a zone, each from its instant on; the first also holds before. */
export interface ZoneTable {
  readonly zone: string;
  /** The version of the rules that it was made from: another one may move windows. */
  readonly tzdata: string;
  readonly segments: readonly { readonly from: Instant; readonly offsetMs: number }[];
}

/**
 * What a time on the wall may mean. Once a year clocks show an hour twice: then there is an earlier and a later instant.
 * Once a year they skip one: then these are what the clocks before and after the change make of it.
 */
interface Readings {
  readonly earlier: Instant;
  readonly later: Instant;
  readonly skipped: boolean;
}

/** A skipped start comes later by what clocks skip, of one that they show twice it is the first. // rollout-and-trust §2.7 */
export function startOfWindow(local: number, table: ZoneTable): Instant {
  const { earlier, later, skipped } = readingsOf(local, table);
  return skipped ? later : earlier;
}

/** A freeze is never shorter than somebody who reads the clock on the wall may take it to be. */
export function spanOfFreeze(from: number, until: number, table: ZoneTable): { from: Instant; until: Instant } {
  return { from: readingsOf(from, table).earlier, until: readingsOf(until, table).later };
}

export function offsetAt(instant: Instant, { segments }: ZoneTable): number {
  const [first] = segments;
  const segment = segments.findLast(({ from }) => from <= instant) ?? first;
  if (segment === undefined) throw new RangeError('the table of the zone is empty');
  return segment.offsetMs;
}

/** `local` is what the clock on the wall shows, counted as if it were UTC. */
function readingsOf(local: number, { segments }: ZoneTable): Readings {
  const [first] = segments;
  if (first === undefined) throw new RangeError('the table of the zone is empty');
  const shown = segments
    .map(({ from, offsetMs }, index) => ({
      instant: local - offsetMs,
      from: index === 0 ? Number.NEGATIVE_INFINITY : from,
      until: segments[index + 1]?.from ?? Number.POSITIVE_INFINITY,
    }))
    .filter(({ instant, from, until }) => from <= instant && instant < until)
    .map(({ instant }) => instant);
  if (shown.length > 0) return { earlier: Math.min(...shown), later: Math.max(...shown), skipped: false };
  // The clock was not yet there before the change, and is past it after.
  const after = segments.findIndex(({ from, offsetMs }) => local - offsetMs < from);
  const offsetBefore = segments[after - 1]?.offsetMs ?? first.offsetMs;
  const offsetAfter = segments[after]?.offsetMs ?? first.offsetMs;
  return { earlier: local - offsetAfter, later: local - offsetBefore, skipped: true };
}
