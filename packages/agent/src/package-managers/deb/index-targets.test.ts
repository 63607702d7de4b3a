import { expect, test } from 'vitest';
import { originId, originOfSource, parseIndexTargets } from './index-targets.ts';

const TARGETS = `MetaKey: main/binary-amd64/Packages
ShortDesc: Packages
Description: https://deb.example.org/debian bookworm/main amd64 Packages
URI: https://user:secret@deb.example.org/debian/dists/bookworm/main/binary-amd64/Packages
Filename: /var/lib/apt/lists/deb.example.org_debian_dists_bookworm_main_binary-amd64_Packages.lz4
Codename: bookworm
Label: Debian
Origin: Debian
Suite: stable
Trusted: yes
Component: main
Created-By: Packages
Release: bookworm
Site: https://deb.example.org/debian

MetaKey: main/i18n/Translation-en
Description: https://deb.example.org/debian bookworm/main Translation-en
Filename: /var/lib/apt/lists/deb.example.org_debian_dists_bookworm_main_i18n_Translation-en
Created-By: Translations
Release: bookworm
Site: https://deb.example.org/debian

MetaKey: Packages
Description: file:/srv/flat ./ Packages
Filename: /var/lib/apt/lists/_srv_flat_._Packages
Created-By: Packages
Release: ./
Site: file:/srv/flat
`;

test('package indexes only, with what they say of themselves', () => {
  expect(parseIndexTargets(TARGETS)).toEqual([
    {
      description: 'https://deb.example.org/debian bookworm/main amd64 Packages',
      origin: 'deb.example.org/debian bookworm/main',
      filename: '/var/lib/apt/lists/deb.example.org_debian_dists_bookworm_main_binary-amd64_Packages.lz4',
      metaKey: 'main/binary-amd64/Packages',
      publisher: 'Debian',
      label: 'Debian',
      suite: 'stable',
      codename: 'bookworm',
    },
    {
      description: 'file:/srv/flat ./ Packages',
      origin: '/srv/flat ./',
      filename: '/var/lib/apt/lists/_srv_flat_._Packages',
      metaKey: 'Packages',
      publisher: null,
      label: null,
      suite: null,
      codename: null,
    },
  ]);
});

test.each([
  ['http://deb.example.org/debian', 'bookworm', 'main', 'deb.example.org/debian bookworm/main'],
  ['https://deb.example.org/debian/', 'bookworm', 'main', 'deb.example.org/debian bookworm/main'],
  ['https://user:secret@deb.example.org:8443/x', 's', 'c', 'deb.example.org:8443/x s/c'],
  ['http://token@deb.example.org', 's', 'c', 'deb.example.org s/c'],
  ['mirror+https://deb.example.org/list', 's', 'c', 'deb.example.org/list s/c'],
  ['tor+http://example.onion/debian', 's', 'c', 'example.onion/debian s/c'],
  ['file:/srv/repo', 'stable', 'main', '/srv/repo stable/main'],
  ['file:///srv/repo', 'stable', 'main', '/srv/repo stable/main'],
  ['copy:/srv/flat', './', null, '/srv/flat ./'],
  ['https://deb.example.org/a@b', 's', 'c', 'deb.example.org/a@b s/c'],
])('%s %s %s', (site, release, component, expected) => {
  expect(originId(site, release, component)).toBe(expected);
});

test.each([
  [
    'a known target',
    'https://deb.example.org/debian bookworm/main amd64 Packages',
    'deb.example.org/debian bookworm/main',
  ],
  ['an index without a target', 'http://other.example/x trixie/main amd64 Packages', 'other.example/x trixie/main'],
  ['an index for all architectures', 'http://other.example/x trixie/main all Packages', 'other.example/x trixie/main'],
  ['a flat one', 'http://other.example/x ./ Packages', 'other.example/x ./'],
  ['a CD', 'cdrom://[Debian 12.5 _Bookworm_]/ bookworm/main amd64 Packages', '[Debian 12.5 _Bookworm_] bookworm/main'],
  ['anything else', 'https://user:secret@other.example/x', 'other.example/x'],
])('the origin of %s', (_, source, expected) => {
  const targets = new Map(parseIndexTargets(TARGETS).map((target) => [target.description, target]));

  expect(originOfSource(source, targets)).toBe(expected);
});
