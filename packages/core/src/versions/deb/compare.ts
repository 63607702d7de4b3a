import { isDigit, isLetter, TILDE } from '../characters.ts';
import { compareDigitRuns, digitRunEnd } from '../digit-run.ts';
import { epochEnd, upstreamEnd } from './parse.ts';

/** A digit and the end of a part both end the text before them. */
const TEXT_ENDS = 0;

/** Above every letter. */
const SYMBOL_RANK_BASE = 0x100;

/** By ASCII code. Policy 5.6.12: a tilde sorts before the end of a part, letters before all that are not letters. */
const RANKS = Int16Array.from({ length: 0x80 }, (_, code) => {
  if (isDigit(code)) return TEXT_ENDS;
  if (isLetter(code)) return code;
  return code === TILDE ? -1 : SYMBOL_RANK_BASE + code;
});

/** The order of Debian policy 5.6.12 and dpkg: epoch, then upstream version, then revision. */
export function compareDebVersions(a: string, b: string): -1 | 0 | 1 {
  if (a === b) return 0;

  const aEpoch = epochEnd(a);
  const bEpoch = epochEnd(b);
  const epochs = compareDigitRuns(a, 0, aEpoch, b, 0, bEpoch);
  if (epochs !== 0) return epochs < 0 ? -1 : 1;

  const aStart = aEpoch === 0 ? 0 : aEpoch + 1;
  const bStart = bEpoch === 0 ? 0 : bEpoch + 1;
  const aEnd = upstreamEnd(a, aStart);
  const bEnd = upstreamEnd(b, bStart);
  const upstreams = compareParts(a, aStart, aEnd, b, bStart, bEnd);
  if (upstreams !== 0) return upstreams < 0 ? -1 : 1;

  // Without a hyphen the revision is empty, and an empty part equals 0.
  const revisions = compareParts(a, aEnd + 1, a.length, b, bEnd + 1, b.length);
  if (revisions === 0) return 0;
  return revisions < 0 ? -1 : 1;
}

/** A part is compared as text and number by turns: first what is not a digit, then the digits. */
function compareParts(a: string, aStart: number, aEnd: number, b: string, bStart: number, bEnd: number): number {
  let aAt = aStart;
  let bAt = bStart;
  while (aAt < aEnd || bAt < bEnd) {
    let aRank = rank(a, aAt, aEnd);
    let bRank = rank(b, bAt, bEnd);
    while (aRank !== TEXT_ENDS || bRank !== TEXT_ENDS) {
      if (aRank !== bRank) return aRank - bRank;
      aRank = rank(a, ++aAt, aEnd);
      bRank = rank(b, ++bAt, bEnd);
    }

    const aDigits = digitRunEnd(a, aAt, aEnd);
    const bDigits = digitRunEnd(b, bAt, bEnd);
    const numbers = compareDigitRuns(a, aAt, aDigits, b, bAt, bDigits);
    if (numbers !== 0) return numbers;
    aAt = aDigits;
    bAt = bDigits;
  }
  return 0;
}

function rank(text: string, at: number, end: number): number {
  if (at >= end) return TEXT_ENDS;
  const code = text.charCodeAt(at);
  return RANKS[code] ?? SYMBOL_RANK_BASE + code;
}
