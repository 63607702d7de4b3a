import type { FeedBody } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import { FEED_IDS, FEEDS, type Feed } from '@patchsteward/feeds';
import type { FeedRow } from './feeds-store.ts';

/** All feeds there are, with what became of each. // checklist c7 */
export function feedBodies(
  rows: ReadonlyMap<string, FeedRow>,
  urlOf: (feed: Feed['id']) => string,
  now: Instant,
): FeedBody[] {
  return FEED_IDS.map((id) => feedBody(FEEDS[id], urlOf(id), rows.get(id), now));
}

function feedBody(feed: Feed, url: string, row: FeedRow | undefined, now: Instant): FeedBody {
  return {
    feed: feed.id,
    title: feed.title,
    url,
    state: stateOf(feed, row, now),
    records: row?.records ?? 0,
    quarantined: row?.quarantined ?? 0,
    dataAsOf: timeOf(row?.data_as_of),
    importedAt: timeOf(row?.imported_at),
    sha256: row?.sha256 ?? null,
    lastError: row?.last_error ?? null,
  };
}

/**
 * A feed is as old as its data, unless its publisher confirmed since then that there is nothing newer. An attempt that
 * failed while the data is fresh is told, and changes nothing yet.
 */
function stateOf(feed: Feed, row: FeedRow | undefined, now: Instant): FeedBody['state'] {
  const failed = row?.last_error != null;
  const { imported_at: importedAt, data_as_of: dataAsOf, confirmed_at: confirmedAt } = row ?? {};
  if (importedAt == null) return failed ? 'failed' : 'never-imported';
  const current = Math.max(dataAsOf ?? importedAt, confirmedAt ?? Number.NEGATIVE_INFINITY);
  if (now - current <= feed.staleAfterMs) return 'fresh';
  return failed ? 'failed' : 'stale';
}

function timeOf(instant: Instant | null | undefined): string | null {
  return instant == null ? null : new Date(instant).toISOString();
}
