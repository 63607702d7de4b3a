import { DAY_MS, type Instant } from '@patchsteward/core/vocabulary';
import { describe, expect, it } from 'vitest';
import { feedBody } from './feeds-body.ts';
import { feedEntries } from './feeds-registry.ts';
import type { FeedRow } from './feeds-store.ts';

const NOW: Instant = Date.UTC(2026, 10, 20);

/** A row as the database gives it: instants are numbers there. */
function row(facts: {
  imported?: Instant;
  dataAsOf?: Instant;
  confirmed?: Instant;
  error?: string;
  enabled?: boolean;
  next?: Instant;
}): FeedRow {
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
    enabled: facts.enabled ?? null,
    ...{ form: null, url: null, title: null, removed_at: null },
    next_attempt_at: facts.next ?? null,
  } as FeedRow;
}

function kev(known: FeedRow | undefined, mirrors = {}) {
  const entry = feedEntries(new Map(known === undefined ? [] : [['kev', known]]), mirrors).find(
    ({ id }) => id === 'kev',
  );
  return entry === undefined ? undefined : feedBody(entry, NOW);
}

describe('the state of a feed', () => {
  const OLD = NOW - 3 * DAY_MS;

  it.each([
    ['nothing was ever imported', undefined, 'never-imported'],
    ['it was switched off before anything was imported', row({ enabled: false }), 'off'],
    ['it was switched off, and its data is of yesterday', row({ imported: NOW, enabled: false }), 'fresh'],
    ['it was switched off, and its data is old', row({ imported: OLD, enabled: false }), 'stale'],
    ['the first attempt failed', row({ error: 'no network' }), 'failed'],
    ['the data is of yesterday', row({ imported: NOW, dataAsOf: NOW - DAY_MS }), 'fresh'],
    ['the data says nothing of its age and came today', row({ imported: NOW }), 'fresh'],
    ['old data was imported today', row({ imported: NOW, dataAsOf: OLD }), 'stale'],
    ['old data, which its publisher confirms', row({ imported: OLD, dataAsOf: OLD, confirmed: NOW }), 'fresh'],
    ['the publisher was last asked days ago', row({ imported: OLD, dataAsOf: OLD, confirmed: OLD }), 'stale'],
    ['fresh data and an attempt that failed', row({ imported: NOW, error: 'no network' }), 'fresh'],
    ['old data and an attempt that failed', row({ imported: OLD, error: 'no network' }), 'failed'],
  ])('%s', (_, known, state) => {
    expect(kev(known)).toMatchObject({ state, lastError: known?.last_error ?? null });
  });
});

it('tells the address that is asked, and when', () => {
  const known = row({ imported: NOW, dataAsOf: NOW, next: NOW + DAY_MS });

  expect(kev(known, { kev: 'https://mirror.example.org/kev' })).toMatchObject({
    ...{ url: 'https://mirror.example.org/kev', records: 3, quarantined: 1, dataAsOf: '2026-11-20T00:00:00.000Z' },
    nextAttemptAt: '2026-11-21T00:00:00.000Z',
  });
  expect(kev({ ...known, enabled: false })).toMatchObject({ enabled: false, nextAttemptAt: null });
});
