import { FEEDS } from '@patchsteward/feeds';
import { expect, it } from 'vitest';
import { feedEntries, feedNamed } from './feeds-registry.ts';
import type { FeedRow } from './feeds-store.ts';

const NOTHING = {
  ...{ data_as_of: null, confirmed_at: null, imported_at: null, sha256: null, etag: null, reader: null },
  ...{ records: 0, quarantined: 0, failures: 0, last_error: null, removed_at: null, next_attempt_at: null },
};
const known = (id: string, enabled: boolean | null): FeedRow => ({
  ...{ id, enabled, form: null, url: null, title: null },
  ...NOTHING,
});
const own = (id: string, more: Partial<FeedRow> = {}): FeedRow => ({
  ...{ id, enabled: true, form: 'osv', url: `https://${id}.example.org/`, title: id.toUpperCase() },
  ...NOTHING,
  ...more,
});
const rows = (...list: readonly FeedRow[]) => new Map(list.map((row) => [row.id, row]));

it('the known ones stand in their order, those that were added after them by name', () => {
  const entries = feedEntries(rows(own('zeta'), own('acme'), known('npm-osv', true)), {});

  expect(entries.map(({ id }) => id)).toEqual([...FEEDS.map(({ id }) => id), 'acme', 'zeta']);
  expect(entries.at(-1)).toMatchObject({ own: true, enabled: true, gives: 'claims', families: null, title: 'ZETA' });
});

it('is fetched as somebody decided, else as the table has it', () => {
  const enabled = (...list: readonly FeedRow[]) =>
    feedEntries(rows(...list), {})
      .filter((one) => one.enabled)
      .map(({ id }) => id);

  expect(enabled()).toEqual(['debian-osv', 'kev', 'epss']);
  expect(enabled(known('kev', false), known('npm-osv', true), known('epss', null))).toEqual([
    ...['debian-osv', 'epss', 'npm-osv'],
  ]);
});

it('what has no address is not fetched until a mirror has it', () => {
  const decided = rows(known('alpine-secdb', true));

  expect(feedNamed(decided, {}, 'alpine-secdb')).toMatchObject({ url: null, enabled: false });
  expect(feedNamed(decided, { 'alpine-secdb': 'http://mirror/' }, 'alpine-secdb')).toMatchObject({ enabled: true });
});

it('what was removed, and what was added in a form that nobody reads any more, is no feed', () => {
  const gone = rows(own('gone', { removed_at: 1 as FeedRow['removed_at'] }), own('odd', { form: 'weather' }));

  expect(feedEntries(gone, {})).toHaveLength(FEEDS.length);
  expect(() => feedNamed(gone, {}, 'gone')).toThrow('There is no feed gone.');
});
