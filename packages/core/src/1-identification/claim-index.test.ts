import { expect, it } from 'vitest';
import { indexClaims } from './claim-index.ts';
import { claim } from './testing/samples.ts';

it('finds claims by release and package, and knows what each feed covers', () => {
  const [a, b, c] = [claim(), claim({ vulnerability: 'CVE-2026-0002' }), claim({ scope: 'debian:11', feed: 'other' })];

  const index = indexClaims([a, b, c]);

  expect(index.of('debian:12', 'curl')).toEqual([a, b]);
  expect(index.of('debian:11', 'curl')).toEqual([c]);
  expect(index.of('debian:12', 'wget')).toEqual([]);
  expect(index.feeds).toEqual([
    { feed: 'debian-osv', scopes: new Set(['debian:12']) },
    { feed: 'other', scopes: new Set(['debian:11']) },
  ]);
});

it.each([
  ['ubuntu-pro:20.04', ['ubuntu-pro:20.04', 'ubuntu:20.04']],
  ['rhel-eus:9.4', ['rhel-eus:9.4']],
])('claims of %s cover %j', (scope, expected) => {
  const [feed] = indexClaims([claim({ scope })]).feeds;

  expect([...(feed?.scopes ?? [])]).toEqual(expected);
});
