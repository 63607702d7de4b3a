import { type Instant, type Reason, reasonOf } from '@patchsteward/core/vocabulary';
import { familyOf } from '@patchsteward/feeds';
import { feedState } from './feeds-body.ts';
import type { FeedEntry } from './feeds-registry.ts';

/** A feed that is judged by and has told nothing new for too long. */
export interface SilentFeed {
  readonly feed: string;
  readonly title: string;
  /** The last moment of which it told. */
  readonly since: Instant;
  /** The scopes that its claims begin with; null: everything rests on it, as on a catalog. */
  readonly families: readonly string[] | null;
}

/** One that never told anything is missing, not silent: that is said where something is not judged for want of it. */
export function silentFeeds(entries: readonly FeedEntry[], now: Instant): SilentFeed[] {
  return entries.flatMap((entry) => {
    const { id: feed, title, families, row } = entry;
    const state = feedState(entry, now);
    if (row?.imported_at == null || (state !== 'stale' && state !== 'failed')) return [];
    const since = Math.max(row.data_as_of ?? row.imported_at, row.confirmed_at ?? 0);
    return [{ feed, title, since, families }];
  });
}

/** What is not what it seems because of them; `scope`: of what, null: of everything. */
export function silenceReasons(silent: readonly SilentFeed[], scope: string | null): Reason[] {
  return silent
    .filter(({ families }) => scope === null || families === null || families.includes(familyOf(scope)))
    .map(({ title }) => reasonOf('feed-silent', title));
}
