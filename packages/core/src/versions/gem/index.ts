import { number, orderByRows, type Part, type Row, withoutTrailingZeros, word } from '../row.ts';

const WORD = 0;
const NUMBER = 1;

// Gem::Version::VERSION_PATTERN; letters may follow the first digits directly, as in 1beta.
const GEM = /^[0-9][0-9A-Za-z]*(?:\.[0-9A-Za-z]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** Gem::Version: words before 0, and what is missing is 0; zeros in front of the first word and at the end are nothing. */
export const gemOrder = orderByRows({
  read: (version) => (GEM.test(version) ? segments(version) : 'shape'),
  pad: number(NUMBER, '0'),
});

function segments(version: string): Row {
  const runs = version.replaceAll('-', '.pre.').match(/[0-9]+|[A-Za-z]+/g) ?? [];
  const parts = runs.map((run): Part => (/^[0-9]/.test(run) ? number(NUMBER, run) : word(WORD, run)));
  const firstWord = parts.findIndex(({ rank }) => rank === WORD);
  if (firstWord === -1) return parts;
  return [...withoutTrailingZeros(parts.slice(0, firstWord)), ...parts.slice(firstWord)];
}
