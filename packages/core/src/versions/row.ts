import type { VersionFault } from './version-fault.ts';
import { faultOfLength } from './version-fault.ts';
import type { VersionOrder } from './version-order.ts';

// Most orders are of one make: a version is read as a row of parts, rows compare part by part, and the shorter row goes
// on with the pad of its ecosystem. Since one order of parts holds everywhere in all rows, what follows is a total
// preorder whatever the reader makes of a text.

/** Parts compare by rank, then by length, then by the text's UTF-16 code units. */
export interface Part {
  readonly rank: number;
  /** Of a number how many digits it has without leading zeros; 0 of everything else. */
  readonly length: number;
  readonly text: string;
}

export type Row = readonly Part[];

/** A part that is only a mark, or a word. */
export function word(rank: number, text = ''): Part {
  return { rank, length: 0, text };
}

/** A number of any size: never converted, since dates with times already exceed 2^53. */
export function number(rank: number, digits: string): Part {
  const text = digits.replace(/^0+/, '');
  return { rank, length: text.length, text };
}

/** Numbers with the zeros at their end gone. */
export function withoutTrailingZeros(parts: Row): Row {
  let end = parts.length;
  while (end > 0 && parts[end - 1]?.length === 0) end--;
  return parts.slice(0, end);
}

export function compareRows(a: Row, b: Row, pad: Part): -1 | 0 | 1 {
  const longest = Math.max(a.length, b.length);
  for (let at = 0; at < longest; at++) {
    const order = compareParts(a[at] ?? pad, b[at] ?? pad);
    if (order !== 0) return order < 0 ? -1 : 1;
  }
  return 0;
}

function compareParts(a: Part, b: Part): number {
  if (a.rank !== b.rank) return a.rank - b.rank;
  if (a.length !== b.length) return a.length - b.length;
  if (a.text === b.text) return 0;
  return a.text < b.text ? -1 : 1;
}

/** Below every part of every ecosystem: where texts go that are no versions. */
const NO_VERSION = -1;

/** What an ecosystem says of its versions: how one is read, or why it cannot be. */
export interface RowReader {
  readonly read: (version: string) => Row | VersionFault;
  readonly pad: Part;
}

/** The order of a reader. What cannot be read comes before everything that can, by its text. */
export function orderByRows({ read, pad }: RowReader): VersionOrder {
  const rowOrFault = (version: string) => faultOfLength(version) ?? read(version);
  const rowOf = (version: string): Row => {
    const row = rowOrFault(version);
    return typeof row === 'string' ? [word(NO_VERSION, version)] : row;
  };
  const faultOf = (version: string) => {
    const row = rowOrFault(version);
    return typeof row === 'string' ? row : null;
  };
  return {
    compare: (a, b) => (a === b ? 0 : compareRows(rowOf(a), rowOf(b), pad)),
    faultOf,
    isValid: (version) => faultOf(version) === null,
  };
}
