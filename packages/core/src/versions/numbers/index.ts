import { number, orderByRows, type RowReader, word } from '../row.ts';
import type { VersionOrder } from '../version-order.ts';

const END = 0;
const NUMBER = 1;

/** Numbers by value, one after the other; more numbers come after fewer: 1.0 before 1.0.0. */
function numbersBetween(separators: RegExp): VersionOrder {
  const reader: RowReader = {
    read: (version) => {
      const runs = version.split(separators);
      return runs.every((run) => /^[0-9]+$/.test(run)) ? runs.map((run) => number(NUMBER, run)) : 'shape';
    },
    pad: word(END),
  };
  return orderByRows(reader);
}

/** R's `package_version`: points and hyphens separate alike. */
export const cranOrder = numbersBetween(/[.-]/);

/** Haskell's package versioning policy: the lexicographic order of the numbers. */
export const hackageOrder = numbersBetween(/\./);
