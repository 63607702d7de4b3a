import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SECTIONS } from '@patchsteward/contract';
import { originClass } from '@patchsteward/core/1-identification';
import { type InventorySections, SECTION_NAMES } from '@patchsteward/core/vocabulary';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readInventoryAfter } from '../../inventory/reader.ts';
import { keyed } from '../deb/testing/agreement.ts';
import { NOBODY } from '../deb/testing/debian-root.ts';
import type { StaticServer } from '../deb/testing/static-server.ts';
import { readInventory } from '../index.ts';
import { publishAcme } from './testing/acme.ts';
import { RpmRoot } from './testing/rpm-root.ts';

const OS_RELEASE =
  'NAME="AlmaLinux"\nID="almalinux"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.4"\nPRETTY_NAME="AlmaLinux 9.4 (Seafoam Ocelot)"\n';
const FAKE_PROC = '/srv/proc';

let root: RpmRoot;
let server: StaticServer;
let facts: InventorySections;

beforeAll(async () => {
  root = await RpmRoot.make(OS_RELEASE);
  server = await publishAcme(root);
  await install();
  await fakeProc('5.14.0-9.el9.x86_64');
  facts = JSON.parse(await root.runAsNobody(...root.collector, FAKE_PROC)) as InventorySections;
});

afterAll(async () => {
  await server?.stop();
  await root?.remove();
});

async function install(): Promise<void> {
  const v1 = ['acme-tool', 'acme-locked', 'acme-left', 'acme-pinned', 'acme-twice', 'acme-daemon'].map(
    (name) => `${name}-1.0`,
  );
  await root.dnf('module', 'enable', 'nodejs:18');
  await root.dnf('install', 'almalinux-release', 'acme-epoch-1:9.0', 'acme-part-1:9.0', ...v1, 'acme-unsaid');
  await root.dnf('install', 'acme-old-1.0', 'acme-extra-1.0', 'glibc', 'nodejs-1:18.1', 'kernel-core-5.14.0-9.el9');
  await root.dnf('install', 'kernel-core-5.14.0-10.el9', 'kernel');
  await root.rpm('--install', join(root.path, 'srv/unpublished/acme-local-3.0-1.el9.noarch.rpm'));
  // A transaction that broke off between the new version and the removal of the old one.
  await root.rpm('--install', '--nodeps', '--justdb', join(root.path, 'srv/baseos/acme-twice-1.1-1.el9.noarch.rpm'));
  await root.write(
    'etc/dnf/plugins/versionlock.list',
    '# by hand\nacme-locked-0:1.0-1.el9.*\n!acme-tool-0:1.0-1.el9.*\n',
  );
  await root.write(
    'etc/dnf/plugins/versionlock.conf',
    '[main]\nenabled = 1\nlocklist = /etc/dnf/plugins/versionlock.list\n',
  );
  await root.write(
    'etc/dnf/dnf.conf',
    '[main]\ngpgcheck=0\ninstallonly_limit=5\nexcludepkgs=acme-left,\n  acme-pin*\n',
  );
  await root.dnf('makecache');
}

/** A proc file system as it is when the given kernel runs. */
async function fakeProc(release: string): Promise<void> {
  const kernel = {
    hostname: 'real',
    osrelease: release,
    version: '#1 SMP PREEMPT_DYNAMIC Tue Jan 6 10:00:00 UTC 2026',
  };
  for (const [name, text] of Object.entries(kernel)) await root.write(`${FAKE_PROC}/sys/kernel/${name}`, `${text}\n`);
  await root.write(`${FAKE_PROC}/sys/kernel/random/boot_id`, '11111111-2222-4333-8444-555555555555\n');
  await root.write(`${FAKE_PROC}/stat`, 'btime 1790000000\n');
  await root.write(`${FAKE_PROC}/1/maps`, '');
  await root.write(`${FAKE_PROC}/self/mountinfo`, '21 1 0:1 / / rw - ext4 /dev/sda1 rw\n');
  const links = {
    '1/root': '/',
    'self/ns/pid': 'pid:[4026531836]',
    'self/ns/uts': 'uts:[4026531838]',
    'self/ns/ipc': 'ipc:[4026531839]',
  };
  for (const [path, target] of Object.entries(links)) {
    await root.run('sh', '-c', `mkdir -p "$(dirname $0)" && ln -sfn "$1" "$0"`, `${FAKE_PROC}/${path}`, target);
  }
  // The first process is as old as the system.
  await root.run('touch', '--date=@1790000000', `${FAKE_PROC}/1`);
}

const lines = (answer: string): string[] =>
  answer
    .split('\n')
    .filter((line) => line !== '')
    .toSorted();

const sorted = (rows: readonly (readonly string[])[]): string[] => rows.map((row) => row.join(' ')).toSorted();

describe('the facts agree with', () => {
  test('rpm: packages, epochs, versions, architectures, modules, vendors', async () => {
    const format = '%{NAME} %{EPOCHNUM}:%{VERSION}-%{RELEASE} %{ARCH} %{MODULARITYLABEL} %{VENDOR}\n';
    const told = lines(await root.rpm('--query', '--all', '--queryformat', format));
    const ours = facts.packages.packages.map(({ name, version, architecture, module, vendor }) => {
      const evr = version.includes(':') ? version : `0:${version}`;
      const label = module === undefined ? '(none)' : `${module}:20260101:abcdef`;
      return `${name} ${evr} ${architecture} ${label} ${vendor ?? '(none)'}`;
    });

    expect(ours.toSorted()).toEqual(told);
  });

  test('dnf list: versions and where each came from', async () => {
    const told = lines(await root.run('dnf', '--cacheonly', '--quiet', '--disableexcludes=all', 'list', '--installed'))
      .map((line) => line.trim().split(/\s+/))
      .filter((words) => words.length === 3);
    const ours = facts.packages.packages.map(({ name, architecture, version, origins }) => {
      const from = origins?.[0]?.split(' ').at(-1);
      return [`${name}.${architecture}`, version, origins === null ? '@System' : `@${from ?? '@commandline'}`];
    });

    expect(sorted(ours)).toEqual(sorted(told));
    expect(ours.length).toBeGreaterThan(15);
  });

  test('dnf check-update: what is offered, less what is held', async () => {
    const check = await root.run('sh', '-c', 'dnf --cacheonly --quiet check-update || [ $? = 100 ]');
    const told = lines(check.split('Obsoleting Packages')[0] ?? '').map((line) => line.trim().split(/\s+/));
    const held = new Set(facts.packages.packages.filter(({ hold }) => hold).map(({ name }) => name));
    const ours = facts.updates.updates
      .filter(({ name }) => !held.has(name))
      .map(({ name, architecture, to, origins }) => [`${name}.${architecture}`, to, origins[0]?.split(' ').at(-1)]);

    expect(ours).toEqual(told);
    expect(facts.updates).toMatchObject({ ecosystem: 'rpm', unanswered: null });
    expect(ours.length).toBeGreaterThan(4);
  });

  test('the contract, section by section', () => {
    for (const name of SECTION_NAMES) expect(SECTIONS[name].parse(facts[name])).toEqual(facts[name]);
  });
});

test('what is locked, left out for all, or pinned by a pattern is held, and offered all the same', () => {
  const held = facts.packages.packages.filter(({ hold }) => hold).map(({ name }) => name);
  const offers = keyed(facts.updates.updates);

  expect(held).toEqual(['acme-left', 'acme-locked', 'acme-pinned']);
  for (const name of held) expect(offers[`${name}:noarch`], name).toMatchObject({ from: '1.0-1.el9', to: '1.1-1.el9' });
});

test('what one repository is not to give is not offered', () => {
  expect(keyed(facts.updates.updates)['acme-tool:noarch']).toMatchObject({ to: '1.1-1.el9' });
});

test('an epoch stands above every version, for the parts of a source as well', () => {
  const offers = keyed(facts.updates.updates);

  expect(offers['acme-epoch:noarch']).toMatchObject({ from: '1:9.0-1.el9', to: '2:1.0-1.el9', source: 'acme-epoch' });
  expect(offers['acme-part:noarch']).toMatchObject({
    to: '2:1.0-1.el9',
    source: 'acme-epoch',
    sourceVersion: '1.0-1.el9',
  });
});

test('of a module only the stream that is switched on is offered', () => {
  expect(keyed(facts.updates.updates)['nodejs:noarch']).toMatchObject({
    to: '1:18.2-1.module_el9+2',
    module: 'nodejs:18',
  });
});

test('the file that is offered has the hash that the repository names', async () => {
  const file = join(root.path, 'srv/baseos/acme-tool-1.1-1.el9.noarch.rpm');
  const [sum] = (await root.run('sha256sum', file.replace(root.path, ''))).split(' ');

  expect(keyed(facts.updates.updates)['acme-tool:noarch']?.sha256).toBe(sum);
});

test.each([
  ['acme-tool', 'distribution'],
  ['acme-extra', 'third-party'],
  // No vendor says whose it is, and dnf did not install it.
  ['acme-local', 'unknown'],
])('%s is of: %s', (name, expected) => {
  const installed = facts.packages.packages.find((one) => one.name === name);

  expect(installed === undefined ? null : originClass(installed, [], facts.packages.release)).toBe(expected);
});

test('what a broken transaction left beside its successor is broken', () => {
  const broken = facts.packages.packages.filter(({ state }) => state === 'broken');

  expect(broken.map(({ name, version }) => `${name} ${version}`)).toEqual(['acme-twice 1.0-1.el9']);
});

test('no credential is told', () => {
  expect(JSON.stringify(facts)).not.toContain('secret');
});

describe('the system', () => {
  test('several kernels by their package version, the older one runs: a reboot is needed', () => {
    expect(facts.system).toMatchObject({ architecture: 'x86_64', container: false, rebootNeeded: true });
    expect(facts.system.installedKernels.map(({ release }) => release)).toEqual([
      '5.14.0-9.el9.x86_64',
      '5.14.0-10.el9.x86_64',
    ]);
    // glibc was installed after that boot.
    expect(facts.system.rebootReasons).toEqual(['glibc', 'kernel']);
  });

  test('once the newest runs and the system started after its packages were installed, none is', async () => {
    await fakeProc('5.14.0-10.el9.x86_64');
    await root.write(`${FAKE_PROC}/stat`, `btime ${Math.ceil(Date.now() / 1000) + 60}\n`);

    const after = JSON.parse(await root.runAsNobody(...root.collector, FAKE_PROC)) as InventorySections;

    expect(after.system).toMatchObject({ rebootNeeded: false, rebootReasons: [] });
  });

  test('a daemon that runs on from a replaced file needs a restart', async () => {
    const story = `set -e
      ${NOBODY.join(' ')} /srv/acme/acme-daemon 60 &
      sleep 0.2
      rpm --upgrade --nodeps /srv/baseos/acme-daemon-1.1-1.el9.x86_64.rpm >&2
      ${NOBODY.join(' ')} ${root.collector.join(' ')}`;

    const after = JSON.parse(await root.run('sh', '-c', story)) as InventorySections;

    expect(after.system.restartNeeded).toEqual(['acme-daemon']);
  });
});

test('another root is read from outside as from inside, and left as it was', async () => {
  const host = { root: root.path, procfs: join(root.path, FAKE_PROC) };
  const before = lines(await root.run('find', '/var/lib/rpm', '/var/lib/dnf', '/var/cache/dnf', '-newermt', 'now'));
  const inside = JSON.parse(await root.runAsNobody(...root.collector, FAKE_PROC)) as InventorySections;

  const outside = await readInventory(host);

  expect([outside.packages, outside.updates, outside.origins]).toEqual([
    inside.packages,
    inside.updates,
    inside.origins,
  ]);
  expect(before).toEqual([]);
});

test('an unchanged host is not asked again, though root leaves traces by reading', async () => {
  const host = { root: root.path, procfs: '/proc' };
  const place = { scratchDirectory: join(root.path, 'srv/scratch') };
  const first = await readInventoryAfter(null, host, place);

  expect(first.fresh).toBe(true);
  expect(await readInventoryAfter(first.memory, host, place)).toMatchObject({ fresh: false });
});

test('without metadata: packages as before, updates not known, the complaint told', async () => {
  await root.dnf('clean', 'all');

  const after = JSON.parse(await root.runAsNobody(...root.collector, FAKE_PROC)) as InventorySections;

  expect(after.updates).toMatchObject({
    updates: [],
    unanswered: expect.stringMatching(/Cache-only enabled but no cache/),
  });
  expect(after.packages.packages.map(({ name }) => name)).toEqual(facts.packages.packages.map(({ name }) => name));
  expect(after.packages.packages.every(({ origins }) => origins === null)).toBe(true);
});

test('a damaged database is said, and not taken for an empty host', async () => {
  await copyFile('/bin/sleep', join(root.path, 'var/lib/rpm/rpmdb.sqlite'));

  await expect(readInventory({ root: root.path, procfs: '/proc' })).rejects.toMatchObject({
    code: 'rpm-database-unreadable',
  });
});
