import type { InstalledPackage } from '@patchsteward/core/vocabulary';
import { expect, test } from 'vitest';
import { type PackageOrigins, readOffers, withOrigins } from './offers.ts';
import { parsePolicies } from './policy.ts';
import { fakeApt } from './testing/fake-apt.ts';

const MAIN = 'http://deb.example.org/debian bookworm/main amd64 Packages';
const SECURITY = 'http://deb.example.org/debian-security bookworm-security/main amd64 Packages';
const SHA256 = 'cd'.repeat(32);

function installed(fields: Partial<InstalledPackage> = {}): InstalledPackage {
  return {
    name: 'acl',
    version: '2',
    architecture: 'amd64',
    source: 'acl',
    sourceVersion: '2',
    state: 'installed',
    hold: false,
    origins: null,
    ...fields,
  };
}

function known(policies: string): PackageOrigins {
  return { native: 'amd64', policies: parsePolicies(policies), targets: new Map(), pins: [] };
}

function policy(name: string, version: string, candidate: string, table: string): string {
  return `${name}:\n  Installed: ${version}\n  Candidate: ${candidate}\n  Version table:\n${table}`;
}

const INSTALLED_FROM_MAIN = ` *** 2 500\n        500 ${MAIN}\n        100 /var/lib/dpkg/status\n`;
const NEWER = `     3 500\n        500 ${SECURITY}\n        500 ${MAIN}\n`;
const RECORD = `Package: acl\nSource: acl-source (3.0)\nVersion: 3\nArchitecture: amd64\nSize: 12\nSHA256: ${SHA256}\n`;

test('a candidate above the installed version is an offer', async () => {
  const apt = fakeApt({ 'apt-cache show acl=3': RECORD });

  const offers = await readOffers(apt, [installed()], known(policy('acl', '2', '3', NEWER + INSTALLED_FROM_MAIN)));

  expect(offers).toEqual([
    {
      name: 'acl',
      architecture: 'amd64',
      from: '2',
      to: '3',
      source: 'acl-source',
      sourceVersion: '3.0',
      origins: ['deb.example.org/debian bookworm/main', 'deb.example.org/debian-security bookworm-security/main'],
      sha256: SHA256,
      sizeBytes: 12,
      phased: false,
    },
  ]);
});

test.each([
  ['the installed version', '2'],
  ['a lower version, by a pin above 1000', '1'],
  ['no version at all', '(none)'],
  // The deb order, not the order of texts: 2~rc1 is below 2.
  ['a pre-release of it', '2~rc1'],
])('as candidate, %s is no offer, and nothing is asked', async (_, candidate) => {
  const apt = fakeApt({});

  expect(await readOffers(apt, [installed()], known(policy('acl', '2', candidate, INSTALLED_FROM_MAIN)))).toEqual([]);
  expect(apt.asked).toEqual([]);
});

test('a package that apt does not know is no offer', async () => {
  expect(await readOffers(fakeApt({}), [installed()], known(''))).toEqual([]);
});

test('a held package has its offer all the same: the hold is said beside it', async () => {
  const apt = fakeApt({ 'apt-cache show acl=3': RECORD });
  const policies = known(policy('acl', '2', '3', NEWER + INSTALLED_FROM_MAIN));

  expect(await readOffers(apt, [installed({ hold: true })], policies)).toHaveLength(1);
});

test('a foreign architecture is asked for by its name', async () => {
  const record = RECORD.replace('amd64', 'i386');
  const apt = fakeApt({ 'apt-cache show acl:i386=3': record });
  const policies = known(policy('acl:i386', '2', '3', NEWER + INSTALLED_FROM_MAIN));

  const offers = await readOffers(apt, [installed({ architecture: 'i386' })], policies);

  expect(offers).toMatchObject([{ name: 'acl', architecture: 'i386', sha256: SHA256 }]);
});

test('two files under one version: which one apt takes is not known, so no hash is claimed', async () => {
  const apt = fakeApt({ 'apt-cache show acl=3': RECORD });
  const table = `     3 500\n        500 ${SECURITY}\n     3 500\n        500 ${MAIN}\n${INSTALLED_FROM_MAIN}`;

  const [offer] = await readOffers(apt, [installed()], known(policy('acl', '2', '3', table)));

  expect(offer).toMatchObject({ sha256: null, sizeBytes: null });
  expect(offer?.origins).toHaveLength(2);
});

test('a candidate in a phase that is not this machine’s is marked', async () => {
  const apt = fakeApt({
    'apt-cache show acl=3': RECORD,
    'apt-get --print-uris --quiet=2 --ignore-hold --allow-change-held-packages --allow-downgrades -o Debug::NoLocking=true dist-upgrade':
      '',
    'apt-get --print-uris --quiet=2 --ignore-hold --allow-change-held-packages --allow-downgrades -o Debug::NoLocking=true -o APT::Get::Always-Include-Phased-Updates=true dist-upgrade':
      "'http://h.example/acl_3_amd64.deb' acl_3_amd64.deb 12 SHA256:00\n",
  });
  const table = `     3 500 (phased 10%)\n        500 ${MAIN}\n${INSTALLED_FROM_MAIN}`;

  expect(await readOffers(apt, [installed()], known(policy('acl', '2', '3', table)))).toMatchObject([{ phased: true }]);
});

test.each([
  ['one index', INSTALLED_FROM_MAIN, ['deb.example.org/debian bookworm/main']],
  ['none: built here, or withdrawn', ' *** 2 100\n        100 /var/lib/dpkg/status\n', []],
  [
    'one index under the same version, but of another build',
    `     2 500\n        500 ${MAIN}\n *** 2 100\n        100 /var/lib/dpkg/status\n`,
    [],
  ],
])('the installed version is listed by %s', (_, table, origins) => {
  expect(withOrigins(installed(), known(policy('acl', '2', '2', table)))).toEqual(installed({ origins }));
});

test.each([
  ['apt counts it as not installed', policy('acl', '(none)', '3', NEWER)],
  ['apt saw another version', policy('acl', '1', '3', NEWER)],
  ['apt does not know it', ''],
])('where %s, the origins are not known', (_, policies) => {
  expect(withOrigins(installed(), known(policies)).origins).toBeNull();
});
