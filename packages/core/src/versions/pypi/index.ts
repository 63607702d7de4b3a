import { orderByRows, word } from '../row.ts';
import { readLegacyVersion } from './legacy.ts';
import { RANKS, readPep440Version } from './pep440.ts';

/** Printable ASCII: what stood in the index before PEP 440. */
const CHARACTERS = /^[!-~]+$/;

/** PEP 440; what was published before it comes first, in the order that setuptools gave it then. */
export const pypiOrder = orderByRows({
  read: (version) =>
    CHARACTERS.test(version) ? (readPep440Version(version) ?? readLegacyVersion(version)) : 'character',
  pad: word(RANKS.end),
});
