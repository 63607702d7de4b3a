import type { FeedBody } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { FeedEntry } from './feeds-registry.ts';

/** A feed, with what became of it. // checklist c7 */
export function feedBody(entry: FeedEntry, now: Instant): FeedBody {
  const { id, title, form, gives, url, own, enabled, row } = entry;
  return {
    ...{ feed: id, title, form, gives, url, own, enabled },
    state: feedState(entry, now),
    records: row?.records ?? 0,
    quarantined: row?.quarantined ?? 0,
    dataAsOf: timeOf(row?.data_as_of),
    importedAt: timeOf(row?.imported_at),
    sha256: row?.sha256 ?? null,
    failures: row?.failures ?? 0,
    lastError: row?.last_error ?? null,
    nextAttemptAt: enabled ? timeOf(row?.next_attempt_at) : null,
  };
}

/**
 * A feed is as old as its data, unless its publisher confirmed since then that there is nothing newer. An attempt that
 * failed while the data is fresh is told, and changes nothing yet. What was imported once is judged by, and so its age
 * is told, whether or not it is fetched.
 */
export function feedState({ enabled, row, staleAfterMs }: FeedEntry, now: Instant): FeedBody['state'] {
  const failed = row?.last_error != null;
  const { imported_at: importedAt, data_as_of: dataAsOf, confirmed_at: confirmedAt } = row ?? {};
  if (importedAt == null) {
    if (failed) return 'failed';
    return enabled ? 'never-imported' : 'off';
  }
  const current = Math.max(dataAsOf ?? importedAt, confirmedAt ?? Number.NEGATIVE_INFINITY);
  if (now - current <= staleAfterMs) return 'fresh';
  return failed ? 'failed' : 'stale';
}

function timeOf(instant: Instant | null | undefined): string | null {
  return instant == null ? null : new Date(instant).toISOString();
}
