import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FakeHost, makeFakeHost } from '../../host/testing/fake-host.ts';
import { stampOf } from '../stamp.ts';
import { RPM_INPUTS } from './stamp.ts';

let host: FakeHost;

beforeEach(async () => {
  host = await makeFakeHost();
  await mkdir(join(host.root, 'var/cache/dnf'), { recursive: true });
  await host.write('/var/lib/rpm/rpmdb.sqlite', 'x');
  await host.write('/etc/yum.repos.d/a.repo', 'x');
});
afterEach(() => host.remove());

test.each([
  ['rpm installs', '/var/lib/rpm/rpmdb.sqlite-wal'],
  ['a repository is fetched', '/var/cache/dnf/baseos-0cc57bf446f47fe9/repodata/repomd.xml'],
  ['a version is locked', '/etc/dnf/plugins/versionlock.list'],
  ['a module is switched on', '/etc/dnf/modules.d/nodejs.module'],
  ['a repository is added', '/etc/yum.repos.d/b.repo'],
  ['the release changes', '/etc/os-release'],
])('%s: another stamp', async (_, path) => {
  const before = await stampOf(host, RPM_INPUTS);
  await host.write(path, 'longer');

  expect(await stampOf(host, RPM_INPUTS)).not.toBe(before);
});

test.each([
  '/var/lib/rpm/rpmdb.sqlite-shm',
  '/var/lib/rpm/.rpm.lock',
  '/var/cache/dnf/metadata_lock.pid',
  '/var/cache/dnf/expired_repos.json',
])('%s: the same stamp', async (path) => {
  const before = await stampOf(host, RPM_INPUTS);
  await host.write(path, 'x');

  expect(await stampOf(host, RPM_INPUTS)).toBe(before);
});

test('the empty journal that root leaves by reading: the same stamp', async () => {
  const before = await stampOf(host, RPM_INPUTS);
  await host.write('/var/lib/rpm/rpmdb.sqlite-wal', '');
  await host.write('/var/lib/dnf/history.sqlite-wal', '');

  expect(await stampOf(host, RPM_INPUTS)).toBe(before);
});
