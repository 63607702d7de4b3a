import { DAY_MS } from '@patchsteward/core/vocabulary';

export const FEED_IDS = ['debian-osv', 'kev', 'epss'] as const;
export type FeedId = (typeof FEED_IDS)[number];

/** What is known of a feed before anything is fetched. // SOP P1.1, checklist c7 */
export interface Feed {
  readonly id: FeedId;
  readonly title: string;
  /** Its publisher's own address. */
  readonly url: string;
  /** After this time without an import its answers are called stale. */
  readonly staleAfterMs: number;
}

/** All three publish at least once a day; one missed day is a hiccup, two are an outage. */
const STALE_AFTER_MS = 2 * DAY_MS;

export const FEEDS: Readonly<Record<FeedId, Feed>> = {
  'debian-osv': {
    id: 'debian-osv',
    title: 'Debian security advisories and tracker, in OSV form',
    url: 'https://osv-vulnerabilities.storage.googleapis.com/Debian/all.zip',
    staleAfterMs: STALE_AFTER_MS,
  },
  kev: {
    id: 'kev',
    title: 'CISA catalog of known exploited vulnerabilities',
    url: 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json',
    staleAfterMs: STALE_AFTER_MS,
  },
  epss: {
    id: 'epss',
    title: 'EPSS: how likely a vulnerability is exploited within 30 days',
    url: 'https://epss.empiricalsecurity.com/epss_scores-current.csv.gz',
    staleAfterMs: STALE_AFTER_MS,
  },
};
