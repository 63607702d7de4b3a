import { describe, expect, it } from 'vitest';
import { FEEDS, feedFor, knownFeed } from './feed.ts';

describe.each(FEEDS)('$id', (feed) => {
  it('is found by its id, and fetched from its publisher over TLS', () => {
    expect(knownFeed(feed.id)).toBe(feed);
    expect(feed.id).toMatch(/^[a-z][a-z0-9-]+$/);
    expect(feed.url === null || new URL(feed.url).protocol === 'https:').toBe(true);
    expect(feed.title).not.toBe('');
    expect(feed.staleAfterMs).toBeGreaterThan(0);
  });

  it('is fetched by default only where it has an address', () => {
    expect(feed.byDefault && feed.url === null).toBe(false);
  });
});

it('the first three are fetched from the first start on', () => {
  expect(FEEDS.filter(({ byDefault }) => byDefault).map(({ id }) => id)).toEqual(['debian-osv', 'kev', 'epss']);
});

it.each([
  ['debian:12', 'debian-osv'],
  ['ubuntu:22.04', 'ubuntu-osv'],
  ['almalinux:9', 'almalinux-osv'],
  ['rocky:8', 'rocky-osv'],
  ['alpine:3.19', 'alpine-osv'],
  ['wolfi', 'wolfi-secdb'],
  ['npm', 'npm-osv'],
  ['rhel:9', 'rhel-osv'],
  ['rhel-eus:9.4', 'rhel-osv'],
  ['sles:15.6', 'suse-osv'],
  ['opensuse-leap:15.6', 'opensuse-osv'],
  ['mageia:9', 'mageia-osv'],
  ['fedora:41', null],
  ['debianish:12', null],
])('%s is spoken of by %s', (scope, id) => {
  expect(feedFor(scope)?.id ?? null).toBe(id);
});

it('a name with a space is an address all the same', () => {
  expect(knownFeed('rocky-osv')?.url).toBe('https://osv-vulnerabilities.storage.googleapis.com/Rocky%20Linux/all.zip');
});
