import { type Row, word } from '../row.ts';
import { RANKS } from './pep440.ts';

// What setuptools did before PEP 440, and packaging's LegacyVersion after it, until 2022.
const PIECES = /([0-9]+|[a-z]+|\.|-)/;
const NUMBER_DIGITS = 8;
const STANDS_FOR = new Map([
  ['pre', 'c'],
  ['preview', 'c'],
  ['rc', 'c'],
  ['-', 'final-'],
  ['dev', '@'],
]);
const FINAL = '*final';
const HYPHEN = '*final-';
const ZERO = '0'.repeat(NUMBER_DIGITS);

/** The parts of a version that is none of PEP 440: all of them text. */
export function readLegacyVersion(version: string): Row {
  const parts: string[] = [];
  for (const piece of [...pieces(version.toLowerCase()), FINAL]) {
    if (piece.startsWith('*')) {
      if (piece < FINAL) dropWhile(parts, HYPHEN);
      dropWhile(parts, ZERO);
    }
    parts.push(piece);
  }
  return parts.map((part) => word(RANKS.legacy, part));
}

/** Numbers filled up with zeros, words behind an asterisk, so that text compares as it should. */
function pieces(version: string): string[] {
  return version
    .split(PIECES)
    .filter((piece) => piece !== '' && piece !== '.')
    .map((piece) => (/^[0-9]/.test(piece) ? piece.padStart(NUMBER_DIGITS, '0') : `*${STANDS_FOR.get(piece) ?? piece}`));
}

function dropWhile(parts: string[], value: string): void {
  while (parts.at(-1) === value) parts.pop();
}
