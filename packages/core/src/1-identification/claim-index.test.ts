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

const product = (packageName: string, more: Parameters<typeof claim>[0] = {}) =>
  claim({ scope: 'product', packageName, ...more });

it.each([
  ['a release', [claim()], 'debian:12', 'any', true],
  ['a registry', [claim({ scope: 'npm' })], 'npm', 'any', true],
  ['another registry', [claim({ scope: 'npm' })], 'pypi', 'any', false],
  [
    'a product, by whoever names it',
    [product('acme/router', { authority: 'triaged' })],
    'product',
    'acme/router',
    true,
  ],
  ['another one of its vendor', [product('acme/router', { authority: 'triaged' })], 'product', 'acme/switch', false],
  ['what its vendor does not name', [product('acme/router')], 'product', 'acme/switch', true],
  ['what another vendor makes', [product('acme/router')], 'product', 'microsoft/windows-7', false],
  ['a vendor whose name begins like it', [product('acme/router')], 'product', 'acme-labs/router', false],
  ['what has no vendor', [product('/router')], 'product', '/switch', false],
  ['what it took back', [product('acme/router', { withdrawn: 2_000 })], 'product', 'acme/router', false],
])('who speaks of %s', (_, claims, scope, name, expected) => {
  expect(indexClaims(claims).speaksOf(scope, name)).toBe(expected);
});
