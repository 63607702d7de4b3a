import { number, type Part, type Row, word } from '../row.ts';

// POM reference, "Version Order Specification". Of one word the form behind a point comes before that behind a hyphen.
// The specification compares in pairs, and in places in a circle: 1.0.alpha < 1 < 1-sp < 1.0.alpha. One order of parts
// cannot do that; here an empty part takes the side of the word that follows it, so that 1.0.alpha stays below 1.
export const RANKS = {
  alpha: 0,
  beta: 2,
  milestone: 4,
  rc: 6,
  snapshot: 8,
  nullBeforeEarly: 10,
  end: 11,
  release: 12,
  sp: 14,
  otherWord: 16,
  numberBehindHyphen: 18,
  numberBehindPoint: 19,
} as const;

/** Added to the rank of a word that a hyphen leads, or a change from digits to others. */
const BEHIND_HYPHEN = 1;

const QUALIFIERS = new Map<string, number>([
  ['alpha', RANKS.alpha],
  ['beta', RANKS.beta],
  ['milestone', RANKS.milestone],
  ['rc', RANKS.rc],
  ['cr', RANKS.rc],
  ['snapshot', RANKS.snapshot],
  ['final', RANKS.release],
  ['ga', RANKS.release],
  ['release', RANKS.release],
  ['sp', RANKS.sp],
]);

/** Directly in front of a digit a letter stands for a word. */
const LETTERS = new Map<string, number>([
  ['a', RANKS.alpha],
  ['b', RANKS.beta],
  ['m', RANKS.milestone],
]);

/** A run of digits or of others, and the separator before it; between two separators there is an empty run. */
const RUNS = /([.-])?([0-9]+|[^0-9.-]+|(?=[.-]|$))/g;

/** The parts of a version, with what says nothing gone: the zeros and releases in front of a hyphen and at the end. */
export function readMavenVersion(version: string): Row {
  const text = version.toLowerCase();
  const parts: Part[] = [];
  for (const { 0: whole, 1: separator, 2: run = '', index } of text.matchAll(RUNS)) {
    // The pattern also matches the nothing behind a last run; a separator in front makes it a 0.
    if (whole === '') continue;
    // Where digits meet others, the text reads as if a hyphen stood between.
    const isBehindPoint = separator === '.' || index === 0;
    if (!isBehindPoint) dropNulls(parts);
    const isNumber = run === '' || isDigits(run);
    if (isNumber) parts.push(number(isBehindPoint ? RANKS.numberBehindPoint : RANKS.numberBehindHyphen, run));
    else parts.push(wordPart(run, isDigits(text.charAt(index + whole.length)), isBehindPoint));
  }
  dropNulls(parts);
  return parts.map((part, at) => (isNull(part) && isEarly(followerOf(parts, at)) ? NULL_BEFORE_EARLY : part));
}

const NULL_BEFORE_EARLY = word(RANKS.nullBeforeEarly);

function isDigits(run: string): boolean {
  return /^[0-9]/.test(run);
}

function wordPart(text: string, isInFrontOfDigit: boolean, isBehindPoint: boolean): Part {
  const known = QUALIFIERS.get(text) ?? (isInFrontOfDigit ? LETTERS.get(text) : undefined);
  const rank = (known ?? RANKS.otherWord) + (isBehindPoint ? 0 : BEHIND_HYPHEN);
  return known === undefined ? word(rank, text) : word(rank);
}

/** A 0 and a release equal nothing where nothing follows them. */
function dropNulls(parts: Part[]): void {
  for (let last = parts.at(-1); last !== undefined && isNull(last); last = parts.at(-1)) parts.pop();
}

function isNull({ rank, length }: Part): boolean {
  if (rank >= RANKS.numberBehindHyphen) return length === 0;
  return rank === RANKS.release || rank === RANKS.release + BEHIND_HYPHEN;
}

/** The first part behind `at` that is more than nothing. */
function followerOf(parts: Row, at: number): Part | undefined {
  return parts.slice(at + 1).find((part) => !isNull(part));
}

function isEarly(part: Part | undefined): boolean {
  return part !== undefined && part.rank < RANKS.nullBeforeEarly;
}
