import type { IndexSnapshot } from '@patchsteward/core/vocabulary';
import { expect, test } from 'vitest';
import { listingsOf, offersOf } from './offer-set.ts';
import { inventory, offered, offers } from './testing/inventories.ts';

const { packages: place, origins } = inventory();
const DATE = Date.parse('2026-11-20T08:00:00Z');

test('offers of one source version are one row, with the strongest kind among them', () => {
  const updates = [
    offered({ name: 'curl', origins: ['deb.debian.org/debian bookworm/main'] }),
    offered({ name: 'libcurl4' }),
  ];

  expect(offersOf(offers(updates), origins, place)).toMatchObject([
    { source: 'curl', sourceVersion: '7.88.1-10+deb12u15', packages: ['curl', 'libcurl4'], kind: 'security' },
  ]);
});

test.each([
  ['a later patch release', { from: '1.2.3-1', to: '1.2.4-1', origins: [] }, 'bugfix'],
  ['a new release', { from: '1.2.3-1', to: '1.3.0-1', origins: [] }, 'feature'],
  ['a security archive', {}, 'security'],
])('the kind of an offer by %s', (_, more, kind) => {
  expect(offersOf(offers([offered(more)]), origins, place)[0]?.kind).toBe(kind);
});

test('the offer of a signed kernel is an offer of the kernel', () => {
  const update = offered({ source: 'linux-signed-amd64', sourceVersion: '6.1.158+1' });

  expect(offersOf(offers([update]), origins, place)).toMatchObject([{ source: 'linux', sourceVersion: '6.1.158-1' }]);
});

test('a release without a version has no offers to show over the fleet', () => {
  expect(offersOf(offers([offered()]), origins, { ...place, release: { ...place.release, versionId: null } })).toEqual(
    [],
  );
});

function index(id: string, more: Partial<IndexSnapshot>): IndexSnapshot {
  return {
    id,
    publisher: null,
    label: null,
    suite: null,
    codename: null,
    date: DATE,
    validUntil: null,
    signed: true,
    ...more,
  };
}

test.each([
  ['the earlier of two indexes', [index('a', {}), index('b', { date: DATE - 1 })], 'b'],
  ['the one that is signed', [index('a', { signed: false, date: DATE - 9 }), index('b', {})], 'b'],
  ['the one that has a date', [index('a', { date: null }), index('b', {})], 'b'],
  ['nobody, where no index is signed', [index('a', { signed: false })], undefined],
  ['nobody, where the origin has no index', [index('c', {})], undefined],
])('the witness of an offer is %s', (_, indexes, origin) => {
  const updates = [offered({ origins: ['a', 'b'] })];

  expect(listingsOf(offers(updates), { origins: indexes }, 'debian:12')[0]?.origin).toBe(origin);
});
