import { compareRows, orderByRows } from '../row.ts';
import type { VersionOrder } from '../version-order.ts';
import { END, filledIn, hasPlaceholder, readComposerVersion } from './read.ts';

/** What Composer takes in tags and branches, and PHP's placeholder for a number. */
const CHARACTERS = /^[A-Za-z0-9._+/@#~-]+$/;
/** PHP ranks the nothing beside such a separator in ways of its own. */
const LOOSE_SEPARATOR = /^[._+-]|[._+-]$|[._+-]\.|\.[_+-]/;

const ORDER = orderByRows({
  read: (version) => {
    if (!CHARACTERS.test(version)) return 'character';
    return LOOSE_SEPARATOR.test(version) ? 'shape' : readComposerVersion(version);
  },
  pad: END,
});

/** The order of PHP's version_compare. A placeholder makes a pattern of a version: patterns have no place in an order. */
export const composerOrder: VersionOrder = {
  ...ORDER,
  compare: (a, b) => {
    const isPattern = (hasPlaceholder(a) || hasPlaceholder(b)) && ORDER.isValid(a) && ORDER.isValid(b);
    return isPattern ? comparePatterns(a, b) : ORDER.compare(a, b);
  },
};

function comparePatterns(a: string, b: string): -1 | 0 | 1 {
  const aRow = readComposerVersion(a);
  const bRow = readComposerVersion(b);
  return compareRows(filledIn(aRow, bRow), filledIn(bRow, aRow), END);
}
