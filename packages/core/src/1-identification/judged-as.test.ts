import { describe, expect, it } from 'vitest';
import type { InstalledPackage, PackageSet } from '../vocabulary/index.ts';
import { componentOf, judgedAs, offeredAs } from './judged-as.ts';
import { BOOKWORM, installed, offer } from './testing/samples.ts';

const ALMALINUX = { id: 'almalinux', versionId: '9.4', codename: null, prettyName: 'AlmaLinux 9.4' };
const ALPINE = { id: 'alpine', versionId: '3.19.1', codename: null, prettyName: 'Alpine Linux v3.19' };

type Place = Pick<PackageSet, 'ecosystem' | 'release'>;
const DEB: Place = { ecosystem: 'deb', release: BOOKWORM };
const RPM: Place = { ecosystem: 'rpm', release: ALMALINUX };
const APK: Place = { ecosystem: 'apk', release: ALPINE };
const LIST: Place = { ecosystem: 'components', release: { ...BOOKWORM, id: 'list', versionId: null } };

function judged(package_: Partial<InstalledPackage>, place: Place, isCovered: (scope: string) => boolean = () => true) {
  const answer = judgedAs(componentOf(installed(package_), place), isCovered);
  if ('code' in answer) return `${answer.code}: ${answer.subject}`;
  const { scope, source, sourceVersion } = answer.version;
  return [scope, source, sourceVersion];
}

describe('a package of a set is judged', () => {
  it.each<[string, Partial<InstalledPackage>, Place, readonly string[]]>([
    [
      'on Debian by its source',
      { name: 'libcurl4', version: '8-1+b1', sourceVersion: '8-1' },
      DEB,
      ['debian:12', 'curl', '8-1'],
    ],
    [
      'on a minor release of AlmaLinux by its own name, on the major one',
      { name: 'libcurl', version: '0:7.76.1-29.el9', source: 'curl', sourceVersion: '7.76.1-29.el9' },
      RPM,
      ['almalinux:9', 'libcurl', '0:7.76.1-29.el9'],
    ],
    [
      'inside its module',
      { name: 'npm', version: '1:9-1.module_el9', module: 'nodejs:18' },
      RPM,
      ['almalinux:9', 'nodejs:18::npm', '1:9-1.module_el9'],
    ],
    [
      'on Alpine by its origin',
      { name: 'libssl3', version: '3.1.4-r0', source: 'openssl' },
      APK,
      ['alpine:3.19', 'openssl', '3.1.4-r0'],
    ],
    [
      'in a list by its registry',
      { name: 'Foo_Bar', version: '1.0', type: 'pypi', source: 'Foo_Bar' },
      LIST,
      ['pypi', 'foo-bar', '1.0'],
    ],
    [
      'in a list by its distribution',
      { version: '8-1', type: 'deb', scope: 'debian:12' },
      LIST,
      ['debian:12', 'curl', '8-1'],
    ],
    [
      'as a product of its vendor',
      { name: 'cisco/ios-xe', version: '17.3.4a', type: 'product' },
      LIST,
      ['product', 'cisco/ios-xe', '17.3.4a'],
    ],
  ])('%s', (_, given, place, expected) => {
    expect(judged(given, place)).toEqual(expected);
  });
});

it.each<[string, Partial<InstalledPackage>, Place]>([
  ['version-missing: left-pad', { name: 'left-pad', version: '', type: 'npm' }, LIST],
  ['version-impossible: curl no version', { version: 'no version' }, DEB],
  ['owned-by-system-package: six 1.0', { name: 'six', version: '1.0', type: 'pypi', owner: 'python3-six' }, LIST],
  ['ecosystem-unknown: ', {}, LIST],
  ['ecosystem-unknown: plan9', { type: 'plan9' }, LIST],
  ['release-unknown: curl 1', { version: '1', type: 'deb' }, LIST],
  ['release-unknown: curl 1', { version: '1', type: 'rpm', scope: 'debian:12' }, LIST],
  ['release-unknown: curl 1', { version: '1' }, { ...DEB, release: { ...BOOKWORM, versionId: null } }],
  ['module-unknown: npm 1:9-1.module_el9', { name: 'npm', version: '1:9-1.module_el9' }, RPM],
])('%s', (reason, given, place) => {
  expect(judged(given, place)).toBe(reason);
});

it('is not judged where nobody speaks of its release', () => {
  expect(judged({}, DEB, (scope) => scope !== 'debian:12')).toBe('release-not-covered: debian:12');
});

describe('an offer meets the findings that it ends', () => {
  it.each([
    [
      'debian:12',
      { name: 'linux-image-1', source: 'linux-signed-amd64', sourceVersion: '6.1.2+1' },
      'linux',
      '6.1.2-1',
    ],
    ['almalinux:9', { name: 'npm', to: '1:10-1', module: 'nodejs:18' }, 'nodejs:18::npm', '1:10-1'],
    ['alpine:3.19', { name: 'libssl3', source: 'openssl', sourceVersion: '3.1.5-r0' }, 'openssl', '3.1.5-r0'],
    ['plan9:4', { name: 'rc', source: 'shells', sourceVersion: '4' }, 'shells', '4'],
  ])('on %s', (scope, given, source, sourceVersion) => {
    expect(offeredAs(offer(given), scope)).toMatchObject({ scope, source, sourceVersion });
  });
});
