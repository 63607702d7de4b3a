import { DAY_MS, type Instant } from '@patchsteward/core/vocabulary';
import { describe, expect, it } from 'vitest';
import { feedEntries } from './feeds-registry.ts';
import { type SilentFeed, silenceReasons, silentFeeds } from './feeds-silence.ts';
import type { FeedRow } from './feeds-store.ts';

const NOW: Instant = Date.UTC(2026, 10, 20);
const OLD = NOW - 3 * DAY_MS;

function silent(
  more: Partial<Record<'imported_at' | 'data_as_of' | 'confirmed_at', Instant>>,
  error: string | null = null,
) {
  const row = {
    ...{ id: 'kev', data_as_of: null, confirmed_at: null, imported_at: null, sha256: null, etag: null, reader: null },
    ...{
      records: 1,
      quarantined: 0,
      failures: 0,
      last_error: error,
      enabled: null,
      form: null,
      url: null,
      title: null,
    },
    ...{ removed_at: null, next_attempt_at: null, ...more },
  } as FeedRow; // Instants are branded numbers in a row.
  return silentFeeds(feedEntries(new Map([['kev', row]]), {}), NOW);
}

describe('a feed is silent', () => {
  it.each([
    ['that told nothing for days', { imported_at: OLD, data_as_of: OLD - DAY_MS }, null, OLD - DAY_MS],
    [
      'whose publisher was last heard days ago',
      { imported_at: OLD, data_as_of: OLD - DAY_MS, confirmed_at: OLD },
      null,
      OLD,
    ],
    ['that fails since', { imported_at: OLD }, 'no network', OLD],
  ])('%s', (_, row, error, since) => {
    expect(silent(row, error)).toMatchObject([{ feed: 'kev', since }]);
  });

  it.each([
    ['never told anything', {}, 'no network'],
    ['fails, and told something yesterday', { imported_at: NOW - DAY_MS }, 'no network'],
    ['is old, and confirmed today', { imported_at: OLD, data_as_of: OLD, confirmed_at: NOW }, null],
  ])('and not one that %s', (_, row, error) => {
    expect(silent(row, error)).toEqual([]);
  });
});

describe('what rests on silent feeds', () => {
  const of = (title: string, families: readonly string[] | null): SilentFeed => ({
    feed: title,
    title,
    since: OLD,
    families,
  });
  const feeds = [of('Debian', ['debian']), of('Alma', ['almalinux']), of('KEV', null)];

  it.each([
    ['a host of Debian', 'debian:12', ['Debian', 'KEV']],
    ['a package of npm', 'npm', ['KEV']],
    ['the fleet', null, ['Debian', 'Alma', 'KEV']],
  ])('%s', (_, scope, subjects) => {
    const reasons = silenceReasons(feeds, scope);

    expect(reasons.map(({ subject }) => subject)).toEqual(subjects);
    expect(reasons.every(({ code }) => code === 'feed-silent')).toBe(true);
  });
});
