import { orderByRows, word } from '../row.ts';
import { RANKS, readMavenVersion } from './read.ts';

/** Printable ASCII, save what ranges are written with. */
const CHARACTERS = /^[!-~]+$/;
const OF_RANGES = /[[\](),]/;

/** The order of Maven's POM reference. */
export const mavenOrder = orderByRows({
  read: (version) => (CHARACTERS.test(version) && !OF_RANGES.test(version) ? readMavenVersion(version) : 'character'),
  pad: word(RANKS.end),
});
