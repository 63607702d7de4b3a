import type { VersionRange } from '@patchsteward/core/1-identification';
import type { VersionOrder } from '@patchsteward/core/versions';

/**
 * Ranges that overlap or touch as one: where a document calls all below 4.9.9 and all below 4.17.0 affected, 4.9.9 fixes
 * nothing.
 */
export function unionOfRanges(ranges: readonly VersionRange[], order: VersionOrder): VersionRange[] {
  const sorted = [...ranges].sort((a, b) => compareStarts(a.introduced, b.introduced, order));
  const union: VersionRange[] = [];
  for (const range of sorted) {
    const last = union.at(-1);
    if (last === undefined || !reaches(last, range, order)) union.push(range);
    else union[union.length - 1] = { ...higherEnd(last, range, order), introduced: last.introduced };
  }
  return union;
}

function compareStarts(a: string | null, b: string | null, order: VersionOrder): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return order.compare(a, b);
}

function endOf({ fixed, lastAffected }: VersionRange): string | null {
  return fixed ?? lastAffected;
}

/** Whether `next`, which does not begin before `range`, begins at its end at the latest. */
function reaches(range: VersionRange, next: VersionRange, order: VersionOrder): boolean {
  const end = endOf(range);
  return end === null || next.introduced === null || order.compare(next.introduced, end) <= 0;
}

function higherEnd(a: VersionRange, b: VersionRange, order: VersionOrder): VersionRange {
  const [endA, endB] = [endOf(a), endOf(b)];
  if (endA === null || endB === null) return endA === null ? a : b;
  const higher = order.compare(endA, endB);
  // Of one version the inclusive end holds more.
  if (higher === 0) return a.fixed === null ? a : b;
  return higher > 0 ? a : b;
}
