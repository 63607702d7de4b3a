import { DAY_MS, type Instant } from '@patchsteward/core/vocabulary';
import { describe, expect, it } from 'vitest';
import { feedBodies } from './feeds-body.ts';
import type { FeedRow } from './feeds-store.ts';

const NOW: Instant = Date.UTC(2026, 10, 20);

/** A row as the database gives it: instants are numbers there. */
function row(facts: { imported?: Instant; dataAsOf?: Instant; confirmed?: Instant; error?: string }): FeedRow {
  return {
    id: 'kev',
    data_as_of: facts.dataAsOf ?? null,
    confirmed_at: facts.confirmed ?? null,
    imported_at: facts.imported ?? null,
    sha256: null,
    etag: null,
    reader: null,
    records: 3,
    quarantined: 1,
    failures: 0,
    last_error: facts.error ?? null,
  } as FeedRow;
}

describe('the state of a feed', () => {
  const OLD = NOW - 3 * DAY_MS;
  it.each([
    ['nothing was ever imported', undefined, 'never-imported'],
    ['the first attempt failed', row({ error: 'no network' }), 'failed'],
    ['the data is of yesterday', row({ imported: NOW, dataAsOf: NOW - DAY_MS }), 'fresh'],
    ['the data says nothing of its age and came today', row({ imported: NOW }), 'fresh'],
    ['old data was imported today', row({ imported: NOW, dataAsOf: OLD }), 'stale'],
    ['old data, which its publisher confirms', row({ imported: OLD, dataAsOf: OLD, confirmed: NOW }), 'fresh'],
    ['the publisher was last asked days ago', row({ imported: OLD, dataAsOf: OLD, confirmed: OLD }), 'stale'],
    ['fresh data and an attempt that failed', row({ imported: NOW, error: 'no network' }), 'fresh'],
    ['old data and an attempt that failed', row({ imported: OLD, error: 'no network' }), 'failed'],
  ])('%s', (_, known, state) => {
    const rows = new Map(known === undefined ? [] : [['kev', known]]);

    const body = feedBodies(rows, () => 'https://example.org/', NOW).find(({ feed }) => feed === 'kev');

    expect(body).toMatchObject({ state, lastError: known?.last_error ?? null });
  });
});

it('every feed there is stands in the list, with the address that is asked', () => {
  const bodies = feedBodies(
    new Map([['kev', row({ imported: NOW, dataAsOf: NOW })]]),
    (feed) => `https://mirror.example.org/${feed}`,
    NOW,
  );

  expect(bodies.map(({ feed, url }) => [feed, url])).toEqual([
    ['debian-osv', 'https://mirror.example.org/debian-osv'],
    ['kev', 'https://mirror.example.org/kev'],
    ['epss', 'https://mirror.example.org/epss'],
  ]);
  expect(bodies[1]).toMatchObject({ records: 3, quarantined: 1, dataAsOf: '2026-11-20T00:00:00.000Z' });
});
