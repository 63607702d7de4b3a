import type { VersionOrder } from '../versions/index.ts';
import type { Claim, VersionRange } from './claim.ts';

/** One event on the line of versions, exactly one member set. // OSV affected[].ranges[].events */
export interface RangeEvent {
  readonly introduced?: string | undefined;
  readonly fixed?: string | undefined;
  readonly last_affected?: string | undefined;
}

/** // OSV: `introduced` may be "0", which sorts before any version. */
const BEGINNING = '0';

interface Turn {
  /** null: before any version. */
  readonly at: string | null;
  /** Where several turns share a version, the range opens before it closes: introduced and fixed at once is empty. */
  readonly kind: 0 | 1 | 2;
}
const OPENS = 0;
const CLOSES_AFTER = 1;
const CLOSES_BEFORE = 2;

/**
 * The intervals that a list of events, in any order, describes. // OSV evaluation
 * `limit` events are left out: OSV means them for commit graphs and says not to use them on a line of versions, and
 * without them a range can only be wider, never miss what is affected.
 */
export function rangesOfEvents(events: readonly RangeEvent[], order: VersionOrder): VersionRange[] {
  const ranges: VersionRange[] = [];
  let open: { introduced: string | null } | null = null;
  for (const turn of turnsOf(events, order)) {
    if (turn.kind === OPENS) open ??= { introduced: turn.at };
    else if (open !== null) {
      ranges.push(
        turn.kind === CLOSES_BEFORE
          ? { introduced: open.introduced, fixed: turn.at, lastAffected: null }
          : { introduced: open.introduced, fixed: null, lastAffected: turn.at },
      );
      open = null;
    }
  }
  if (open !== null) ranges.push({ introduced: open.introduced, fixed: null, lastAffected: null });
  return ranges;
}

function turnsOf(events: readonly RangeEvent[], order: VersionOrder): Turn[] {
  const turns: Turn[] = [];
  for (const { introduced, fixed, last_affected: lastAffected } of events) {
    if (introduced !== undefined) turns.push({ at: introduced === BEGINNING ? null : introduced, kind: OPENS });
    if (fixed !== undefined) turns.push({ at: fixed, kind: CLOSES_BEFORE });
    if (lastAffected !== undefined) turns.push({ at: lastAffected, kind: CLOSES_AFTER });
  }
  return turns.sort((a, b) => compareBounds(a.at, b.at, order) || a.kind - b.kind);
}

/** Compares lower bounds, of which null is the lowest. */
function compareBounds(a: string | null, b: string | null, order: VersionOrder): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return order.compare(a, b);
}

/** Whether the version lies in the range. // OSV evaluation: introduced and last_affected inclusive, fixed exclusive */
export function rangeContains(range: VersionRange, version: string, order: VersionOrder): boolean {
  if (range.introduced !== null && order.compare(version, range.introduced) < 0) return false;
  if (range.fixed !== null && order.compare(version, range.fixed) >= 0) return false;
  return range.lastAffected === null || order.compare(version, range.lastAffected) <= 0;
}

/** How a claim speaks of a version: it lists it, a range holds it, it speaks of every version, or not at all. */
export type Inclusion =
  | { readonly kind: 'listed' | 'every-version' | 'outside' }
  | { readonly kind: 'in-range'; readonly range: VersionRange };

/** // OSV: affected is what lies in any one of the ranges or is listed in versions. */
export function inclusionOf(claim: Claim, version: string, order: VersionOrder): Inclusion {
  for (const range of claim.ranges) {
    if (rangeContains(range, version, order)) return { kind: 'in-range', range };
  }
  if (claim.versions.some((listed) => order.compare(version, listed) === 0)) return { kind: 'listed' };
  return { kind: claim.ranges.length + claim.versions.length === 0 ? 'every-version' : 'outside' };
}

/** The highest fix of the claim that the version has reached; null where it has reached none. */
export function reachedFix(claim: Claim, version: string, order: VersionOrder): string | null {
  let reached: string | null = null;
  for (const { fixed } of claim.ranges) {
    if (fixed === null || order.compare(version, fixed) < 0) continue;
    if (reached === null || order.compare(fixed, reached) > 0) reached = fixed;
  }
  return reached;
}

/** The lowest fix of the claim above the version; null where it names none. */
export function nextFix(claim: Claim, version: string, order: VersionOrder): string | null {
  let next: string | null = null;
  for (const { fixed } of claim.ranges) {
    if (fixed === null || order.compare(fixed, version) <= 0) continue;
    if (next === null || order.compare(fixed, next) < 0) next = fixed;
  }
  return next;
}
