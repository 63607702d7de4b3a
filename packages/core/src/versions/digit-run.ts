import { isDigit, ZERO } from './characters.ts';

// Runs of digits are numbers of any size. They are never converted to a number: a date with a time and a commit count
// already exceeds 2^53. The longer run wins once leading zeros are gone; runs of one length compare as text.

/** The end of the run of digits that starts at `start`. */
export function digitRunEnd(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isDigit(text.charCodeAt(at))) at++;
  return at;
}

export function skipZeros(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && text.charCodeAt(at) === ZERO) at++;
  return at;
}

/** Compares two runs of digits by value. An empty run is zero. */
export function compareDigitRuns(
  a: string,
  aStart: number,
  aEnd: number,
  b: string,
  bStart: number,
  bEnd: number,
): number {
  const aFirst = skipZeros(a, aStart, aEnd);
  const bFirst = skipZeros(b, bStart, bEnd);
  const digits = aEnd - aFirst;
  const difference = digits - (bEnd - bFirst);
  if (difference !== 0) return difference;

  for (let at = 0; at < digits; at++) {
    const unlike = a.charCodeAt(aFirst + at) - b.charCodeAt(bFirst + at);
    if (unlike !== 0) return unlike;
  }
  return 0;
}
