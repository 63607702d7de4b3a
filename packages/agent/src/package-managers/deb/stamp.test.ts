import { rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FakeHost, makeFakeHost } from '../../host/testing/fake-host.ts';
import { stampOf } from '../stamp.ts';
import { DEB_INPUTS } from './stamp.ts';

let host: FakeHost;

beforeEach(async () => {
  host = await makeFakeHost();
  await host.write('/var/lib/apt/lists/h_InRelease', 'x');
  await host.write('/var/lib/apt/lists/partial/h_InRelease', 'x');
  await host.write('/etc/apt/preferences.d/pin', 'x');
  await host.write('/srv/repo/Packages', 'x');
  await symlink(join(host.root, 'srv/repo/Packages'), join(host.root, 'var/lib/apt/lists/_srv_repo_Packages'));
});

afterEach(() => host.remove());

test('an untouched host keeps its stamp', async () => {
  expect(await stampOf(host, DEB_INPUTS)).toBe(await stampOf(host, DEB_INPUTS));
});

test.each([
  ['the status database is replaced', () => host.write('/var/lib/dpkg/status', 'new')],
  ['dpkg writes its journal', () => host.write('/var/lib/dpkg/updates/0001', 'x')],
  ['an architecture is added', () => host.write('/var/lib/dpkg/arch', 'amd64\ni386\n')],
  ['an index is fetched', () => host.write('/var/lib/apt/lists/h_Packages', 'x')],
  ['an index is removed', () => rm(join(host.root, 'var/lib/apt/lists/h_InRelease'))],
  ['a pin changes', () => host.write('/etc/apt/preferences.d/pin', 'longer')],
  ['a source is added', () => host.write('/etc/apt/sources.list.d/x.list', 'x')],
  ['the release changes', () => host.write('/etc/os-release', 'ID=ubuntu\n')],
  ['the machine gets another id', () => host.write('/etc/machine-id', 'f'.repeat(32))],
  ['the repository behind a link changes', () => host.write('/srv/repo/Packages', 'longer')],
])('%s: another stamp', async (_, change) => {
  const before = await stampOf(host, DEB_INPUTS);

  await change();

  expect(await stampOf(host, DEB_INPUTS)).not.toBe(before);
});

test('a file of the same size and time is another file all the same', async () => {
  const status = join(host.root, 'var/lib/dpkg/status');
  const then = new Date('2026-01-01T00:00:00Z');
  await utimes(status, then, then);
  const before = await stampOf(host, DEB_INPUTS);
  await writeFile(`${status}-new`, 'X'.repeat(80));

  await rename(`${status}-new`, status);
  await utimes(status, then, then);

  expect(await stampOf(host, DEB_INPUTS)).not.toBe(before);
});

test.each([
  ['a download goes on', () => host.write('/var/lib/apt/lists/partial/h_Packages', 'x')],
  ['apt takes its lock', () => host.write('/var/lib/apt/lists/partial/lock', 'x')],
  ['something else happens', () => host.write('/etc/hosts', 'x')],
])('%s: the same stamp', async (_, change) => {
  const before = await stampOf(host, DEB_INPUTS);

  await change();

  expect(await stampOf(host, DEB_INPUTS)).toBe(before);
});

test('what lies where no such heap of files should be is refused', async () => {
  for (let index = 0; index < 30; index += 1) await host.write(`/etc/apt/many/${index}`, 'x');

  await expect(stampOf(host, DEB_INPUTS, 30)).rejects.toMatchObject({ code: 'too-many-inputs' });
  await expect(stampOf(host, DEB_INPUTS, 60)).resolves.toMatch(/^sha256:/);
});
