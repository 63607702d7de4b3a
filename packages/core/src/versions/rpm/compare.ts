import { isDigit, isLetter, TILDE } from '../characters.ts';
import { compareDigitRuns, digitRunEnd } from '../digit-run.ts';
import { rpmParts } from './parse.ts';
import { letterRunEnd, skipSeparators } from './segment.ts';

/** The order of rpm: epoch, then version, then release, each by rpmvercmp; a missing release before any release. */
export function compareRpmVersions(a: string, b: string): -1 | 0 | 1 {
  if (a === b) return 0;

  const aParts = rpmParts(a);
  const bParts = rpmParts(b);
  const epochs = compareDigitRuns(a, 0, aParts.epochEnd, b, 0, bParts.epochEnd);
  if (epochs !== 0) return epochs < 0 ? -1 : 1;

  const versions = comparePart(a, aParts.versionStart, aParts.versionEnd, b, bParts.versionStart, bParts.versionEnd);
  if (versions !== 0) return versions < 0 ? -1 : 1;

  if (aParts.releaseStart === null) return bParts.releaseStart === null ? 0 : -1;
  if (bParts.releaseStart === null) return 1;
  const releases = comparePart(a, aParts.releaseStart, a.length, b, bParts.releaseStart, b.length);
  if (releases === 0) return 0;
  return releases < 0 ? -1 : 1;
}

/** rpmvercmp. A part is a row of segments: tilde, caret, a run of letters or a run of digits; the rest separates. */
function comparePart(a: string, aStart: number, aEnd: number, b: string, bStart: number, bEnd: number): number {
  let aAt = skipSeparators(a, aStart, aEnd);
  let bAt = skipSeparators(b, bStart, bEnd);
  while (aAt < aEnd || bAt < bEnd) {
    const kind = segmentKind(a, aAt, aEnd);
    const kinds = kind - segmentKind(b, bAt, bEnd);
    if (kinds !== 0) return kinds;

    const aNext = segmentEnd(kind, a, aAt, aEnd);
    const bNext = segmentEnd(kind, b, bAt, bEnd);
    const segments = compareSegments(kind, a, aAt, aNext, b, bAt, bNext);
    if (segments !== 0) return segments;
    aAt = skipSeparators(a, aNext, aEnd);
    bAt = skipSeparators(b, bNext, bEnd);
  }
  return 0;
}

// The kinds in their order. The end of a part is one of them: a tilde sorts before it, all else after it.
const KIND_TILDE = 0;
const KIND_END = 1;
const KIND_CARET = 2;
const KIND_LETTERS = 3;
const KIND_DIGITS = 4;

function segmentKind(text: string, at: number, end: number): number {
  if (at >= end) return KIND_END;
  const code = text.charCodeAt(at);
  if (isDigit(code)) return KIND_DIGITS;
  if (isLetter(code)) return KIND_LETTERS;
  return code === TILDE ? KIND_TILDE : KIND_CARET;
}

function segmentEnd(kind: number, text: string, at: number, end: number): number {
  if (kind === KIND_DIGITS) return digitRunEnd(text, at, end);
  return kind === KIND_LETTERS ? letterRunEnd(text, at, end) : at + 1;
}

function compareSegments(
  kind: number,
  a: string,
  aStart: number,
  aEnd: number,
  b: string,
  bStart: number,
  bEnd: number,
): number {
  if (kind === KIND_DIGITS) return compareDigitRuns(a, aStart, aEnd, b, bStart, bEnd);
  if (kind !== KIND_LETTERS) return 0;

  const both = Math.min(aEnd - aStart, bEnd - bStart);
  for (let at = 0; at < both; at++) {
    const unlike = a.charCodeAt(aStart + at) - b.charCodeAt(bStart + at);
    if (unlike !== 0) return unlike;
  }
  return aEnd - aStart - (bEnd - bStart);
}
