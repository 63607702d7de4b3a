import { splitOf } from './full-tree.ts';

/** Leaves from `start` up to before `end`: a proof is the roots of a few of these. */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/** What the path of a leaf consists of, from the leaf up: PATH(m, D[0:size]). // RFC 6962 §2.1.1 */
export function inclusionRanges(index: number, size: number): readonly LeafRange[] {
  if (index < 0 || index >= size) throw new RangeError(`No leaf ${index} of ${size}.`);
  const ranges: LeafRange[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (index < middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  return ranges.reverse();
}

/** What shows that the first `from` leaves are still the first ones: PROOF(m, D[0:size]). // RFC 6962 §2.1.2 */
export function consistencyRanges(from: number, size: number): readonly LeafRange[] {
  if (from < 0 || from > size) throw new RangeError(`No tree of ${from} within one of ${size}.`);
  if (from === 0 || from === size) return [];
  const ranges: LeafRange[] = [];
  let [start, end] = [0, size];
  while (end !== from) {
    const middle = start + splitOf(end - start);
    if (from <= middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  // Where the old tree is a left subtree of the new one as it is, the verifier has its root already.
  if (start !== 0) ranges.push({ start, end });
  return ranges.reverse();
}
