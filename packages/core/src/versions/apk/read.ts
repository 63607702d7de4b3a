import { isDigit, ZERO } from '../characters.ts';
import { digitRunEnd } from '../digit-run.ts';
import { number, type Part, type Row, word } from '../row.ts';

// apk-package(5): digit{.digit}…{letter}{_suffix{number}}…{~hash}{-r#}. At the first unlike part the rank decides.
export const RANKS = {
  alpha: 0,
  beta: 1,
  pre: 2,
  rc: 3,
  unreadable: 4,
  emptyNumber: 5,
  end: 6,
  revision: 7,
  hash: 8,
  suffixNumber: 9,
  cvs: 10,
  svn: 11,
  git: 12,
  hg: 13,
  p: 14,
  /** The letters a to z take 26 ranks from here. */
  letter: 20,
  zeroLedNumber: 50,
  number: 51,
} as const;

const SUFFIXES = new Map<string, number>(
  (['alpha', 'beta', 'pre', 'rc', 'cvs', 'svn', 'git', 'hg', 'p'] as const).map((name) => [name, RANKS[name]]),
);
const LOWERCASE_A = 0x61;

/** What was read last. It decides what may follow, so the order of these states is that of the grammar. */
const STATES = { number: 0, letter: 1, suffix: 2, suffixNumber: 3, hash: 4, revision: 5 } as const;
type State = (typeof STATES)[keyof typeof STATES];

interface Step {
  readonly part: Part;
  readonly state: State;
  readonly end: number;
}

/** The parts of a version. From where apk cannot read on, one part stands for all that follows. */
export function readApkVersion(version: string): Row {
  const first = digitRunEnd(version, 0, version.length);
  const parts = [first === 0 ? word(RANKS.emptyNumber) : number(RANKS.number, version.slice(0, first))];
  let at = first;
  let state: State = STATES.number;
  while (at < version.length) {
    const step = next(version, at, state);
    if (step === null) return [...parts, word(RANKS.unreadable)];
    parts.push(step.part);
    at = step.end;
    state = step.state;
  }
  return parts;
}

function next(version: string, at: number, state: State): Step | null {
  const code = version.charCodeAt(at);
  if (isDigit(code)) return digitsBehindWord(version, at, state);
  switch (version.charAt(at)) {
    case '.':
      return state === STATES.number ? component(version, at + 1) : null;
    case '_':
      return state <= STATES.suffixNumber ? suffix(version, at + 1) : null;
    case '~':
      return state < STATES.hash ? hash(version, at + 1) : null;
    case '-':
      return state < STATES.revision && version.charAt(at + 1) === 'r' ? revision(version, at + 2) : null;
    default:
      return state === STATES.number && code >= LOWERCASE_A && code < LOWERCASE_A + 26
        ? { part: word(RANKS.letter + code - LOWERCASE_A), state: STATES.letter, end: at + 1 }
        : null;
  }
}

/** A number behind a dot: one that starts with 0 compares as text, and below every number that does not. */
function component(version: string, start: number): Step {
  const end = digitRunEnd(version, start, version.length);
  const digits = version.slice(start, end);
  if (digits === '') return { part: word(RANKS.emptyNumber), state: STATES.number, end };
  const isZeroLed = version.charCodeAt(start) === ZERO;
  const part = isZeroLed ? word(RANKS.zeroLedNumber, digits) : number(RANKS.number, digits);
  return { part, state: STATES.number, end };
}

/** Digits follow a suffix, or a letter: apk 2 took `1.8.1p2`, and advisories of its time name such versions. */
function digitsBehindWord(version: string, start: number, state: State): Step | null {
  const end = digitRunEnd(version, start, version.length);
  const digits = version.slice(start, end);
  if (state === STATES.suffix) return { part: number(RANKS.suffixNumber, digits), state: STATES.suffixNumber, end };
  return state === STATES.letter ? { part: number(RANKS.number, digits), state: STATES.number, end } : null;
}

function suffix(version: string, start: number): Step | null {
  const name = /^[a-z]*/.exec(version.slice(start))?.[0] ?? '';
  const rank = SUFFIXES.get(name);
  return rank === undefined ? null : { part: word(rank), state: STATES.suffix, end: start + name.length };
}

function hash(version: string, start: number): Step | null {
  const digits = /^[0-9a-f]+/.exec(version.slice(start))?.[0];
  if (digits === undefined) return null;
  return { part: word(RANKS.hash, digits), state: STATES.hash, end: start + digits.length };
}

function revision(version: string, start: number): Step {
  const end = digitRunEnd(version, start, version.length);
  return { part: number(RANKS.revision, version.slice(start, end)), state: STATES.revision, end };
}
