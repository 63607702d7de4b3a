import { number, type Part, type Row, withoutTrailingZeros, word } from '../row.ts';

// The ranks that all orders of SemVer's make share.
const RANKS = { pad: 0, prerelease: 0, released: 1, numeric: 1, alphanumeric: 2, component: 3 } as const;
export const PAD = word(RANKS.pad);

/** The numbers of a version; missing ones are 0. */
export function components(text: string): Row {
  return withoutTrailingZeros(text.split('.').map((digits) => number(RANKS.component, digits)));
}

/** Dot-separated identifiers: numbers by value below all others, which compare as ASCII text. // SemVer 2.0.0 §11.4 */
export function identifiers(text: string): Row {
  return text.split('.').map((identifier) => identifierPart(identifier));
}

function identifierPart(identifier: string): Part {
  return /^[0-9]+$/.test(identifier) ? number(RANKS.numeric, identifier) : word(RANKS.alphanumeric, identifier);
}

/** The mark behind the numbers, and the identifiers: a prerelease comes before its release. // SemVer 2.0.0 §11.3 */
export function prerelease(text: string | undefined): Row {
  return text === undefined ? [word(RANKS.released)] : [word(RANKS.prerelease), ...identifiers(text)];
}
