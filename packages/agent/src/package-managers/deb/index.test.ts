import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FakeHost, makeFakeHost } from '../../host/testing/fake-host.ts';
import { managerOf, readInventory } from '../index.ts';

let host: FakeHost;

beforeEach(async () => {
  host = await makeFakeHost();
});

afterEach(() => host.remove());

test('the release is read from /etc, else from /usr/lib', async () => {
  await host.write('/usr/lib/os-release', 'ID=ubuntu\nVERSION_ID="24.04"\n');
  const first = await readInventory(host);
  await rm(join(host.root, 'etc/os-release'));
  const second = await readInventory(host);

  expect([first, second].map(({ packages }) => packages.release.id)).toEqual(['debian', 'ubuntu']);
});

test.each([
  ['no file', null],
  ['a file that names no system', 'VERSION_ID=12\n'],
])('with %s there is no release to judge, and it is said', async (_, text) => {
  await rm(join(host.root, 'etc/os-release'));
  if (text !== null) await host.write('/etc/os-release', text);

  await expect(readInventory(host)).rejects.toMatchObject({ code: 'release-unknown' });
});

test('a damaged database is said with its line', async () => {
  await host.write('/var/lib/dpkg/status', 'Package: a\nStatus: nonsense\n');

  await expect(readInventory(host)).rejects.toMatchObject({ code: 'dpkg-status-unreadable', line: 1 });
});

test('a machine of another family is said', async () => {
  await rm(join(host.root, 'var/lib/dpkg'), { recursive: true });

  await expect(readInventory(host)).rejects.toMatchObject({ code: 'no-package-manager' });
});

test.each([
  ['almalinux', 'rpm'],
  ['debian', 'deb'],
  ['elsewhere', 'deb'],
])('with databases of two families, %s keeps its packages with %s', async (id, ecosystem) => {
  await host.write('/var/lib/rpm/rpmdb.sqlite', 'x');
  await host.write('/etc/os-release', `ID=${id}\nVERSION_ID=9\n`);

  expect(await managerOf(host)).toMatchObject({ ecosystem });
});
