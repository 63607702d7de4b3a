import { DAY_MS, type Instant } from '@patchsteward/core/vocabulary';

/** A host that did not report for a day is not known any more; agents report every minute. // checklist c1 */
export const REPORT_STALE_AFTER_MS = DAY_MS;
/** Lists are written by people, once a month. */
export const LISTING_STALE_AFTER_MS = 35 * DAY_MS;

interface Heard {
  readonly origin: 'agent' | 'import' | 'api';
  readonly firstSeen: Instant;
  /** null before the first report: the clock then runs from the enrollment. */
  readonly seenAt: Instant | null;
  readonly listedAt: Instant | null;
}

/** From when on nobody knows any more how the asset is, unless it is heard of again. */
export function staleFrom({ origin, firstSeen, seenAt, listedAt }: Heard): Instant {
  return origin === 'agent'
    ? (seenAt ?? firstSeen) + REPORT_STALE_AFTER_MS
    : (listedAt ?? firstSeen) + LISTING_STALE_AFTER_MS;
}
