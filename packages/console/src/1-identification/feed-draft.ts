import type { FeedRequest } from '@patchsteward/contract';

/** What a person typed of a feed so far. */
export interface FeedDraft {
  readonly feed: string;
  readonly form: 'osv' | 'alpine-secdb' | 'debian-tracker' | 'csaf' | 'updateinfo' | 'announcements' | 'endoflife';
  readonly url: string;
  readonly title: string;
}

export const EMPTY_FEED: FeedDraft = { feed: '', form: 'osv', url: '', title: '' };

/** The first thing that is missing or wrong; null: it can be sent. */
export function feedProblem({ feed, url }: FeedDraft): 'name' | 'address' | null {
  if (!/^[a-z][a-z0-9.-]{1,62}$/.test(feed.trim())) return 'name';
  return /^https?:\/\/[^\s/]+/.test(url.trim()) ? null : 'address';
}

/** `fingerprints`: of the keys that somebody compared; of a provider of CSAF alone. */
export function feedRequest({ feed, form, url, title }: FeedDraft, fingerprints: readonly string[] = []): FeedRequest {
  const said = title.trim();
  return {
    feed: feed.trim(),
    form,
    url: url.trim(),
    ...(said === '' ? {} : { title: said }),
    ...(form === 'csaf' && fingerprints.length > 0 ? { fingerprints: [...fingerprints] } : {}),
  };
}
