import { number, type Part, type Row, word } from '../row.ts';

const RANKS = { otherWord: 0, dev: 1, alpha: 2, beta: 3, candidate: 4, end: 5, number: 6, patch: 7 } as const;
export const END = word(RANKS.end);

/** version_compare knows a word by how it begins, and by its case: `patch` and `post` are `p`. */
const WORDS: readonly (readonly [start: RegExp, rank: number])[] = [
  [/^dev/, RANKS.dev],
  [/^a/, RANKS.alpha],
  [/^b/, RANKS.beta],
  [/^(?:RC|rc)/, RANKS.candidate],
  [/^p/, RANKS.patch],
];

/** PHP's placeholder: equal to every number, and to none. */
const PLACEHOLDER = '#';
const ANY_NUMBER = number(RANKS.number, '0');

/** The parts of a version: where digits meet others, the text reads as if a point stood between. */
export function readComposerVersion(version: string): Row {
  const runs = version.replace(/^[vV](?=[0-9])/, '').match(/[0-9]+|[^0-9._+-]+/g) ?? [];
  return runs.map(partOf);
}

function partOf(run: string): Part {
  if (run === PLACEHOLDER) return ANY_NUMBER;
  if (/^[0-9]/.test(run)) return number(RANKS.number, run);
  return word(WORDS.find(([start]) => start.test(run))?.[1] ?? RANKS.otherWord);
}

/** The row with the numbers of the other where its own are placeholders. */
export function filledIn(row: Row, other: Row): Row {
  return row.map((part, at) => {
    const beside = other[at] ?? END;
    return part === ANY_NUMBER && (beside.rank === RANKS.number || beside === END) ? beside : part;
  });
}

export function hasPlaceholder(version: string): boolean {
  return version.includes(PLACEHOLDER);
}
