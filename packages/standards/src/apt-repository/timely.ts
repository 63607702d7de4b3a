import { type Instant, MINUTE_MS } from '@patchsteward/core/vocabulary';
import type { Release } from './release.ts';
import type { ReleaseFault } from './release-fault.ts';

/** The newest index that was ever believed of an origin. */
export interface Seen {
  readonly date: Instant;
  /** Hash of the text that was signed under that date. */
  readonly signed: string;
}

/** Clocks of publishers and servers differ by seconds. */
const AHEAD_MS_MAX = MINUTE_MS;

/**
 * Whether a validly signed index is to be believed now: a signature never ends, so an old index can be replayed, and
 * held back for as long as nobody looks at its dates.
 */
export function timelyFault(
  release: Pick<Release, 'date' | 'validUntil'>,
  signed: string,
  seen: Seen | null,
  now: Instant,
): Exclude<ReleaseFault, 'index-unreadable'> | null {
  if (release.date > now + AHEAD_MS_MAX) return 'index-not-yet-valid';
  if (release.validUntil !== null && release.validUntil <= now) return 'index-expired';
  if (seen === null) return null;
  if (release.date < seen.date) return 'index-rolled-back';
  if (release.date === seen.date && signed !== seen.signed) return 'index-rolled-back';
  return null;
}
