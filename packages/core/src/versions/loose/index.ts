import { number, orderByRows, type Part, word } from '../row.ts';

const EARLY_WORD = 0;
const ZERO = 1;
const WORD = 2;
const NUMBER = 3;

/** What vendors call what comes before a release. */
const EARLY = new Set(['alpha', 'beta', 'dev', 'ea', 'eft', 'pre', 'preview', 'rc', 'snapshot']);

/** Printable ASCII and the blanks between: vendors write `7.0.12 build0523` and `15.2(4)M3`. */
const CHARACTERS = /^[ -~]+$/;

/** For vendors that say no order: numbers and words in turn; the readme says what that means, and what it cannot. */
export const looseOrder = orderByRows({
  read: (version) => {
    if (!CHARACTERS.test(version)) return 'character';
    const runs =
      version
        .toLowerCase()
        .replace(/^v(?=[0-9])/, '')
        .match(/[0-9]+|[a-z]+/g) ?? [];
    return runs.some((run) => /^[0-9]/.test(run)) ? runs.map(partOf) : 'no-number';
  },
  pad: word(ZERO),
});

function partOf(run: string): Part {
  if (/^[a-z]/.test(run)) return word(EARLY.has(run) ? EARLY_WORD : WORD, run);
  return /^0+$/.test(run) ? word(ZERO) : number(NUMBER, run);
}
