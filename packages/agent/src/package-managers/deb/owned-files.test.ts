import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FakeHost, makeFakeHost } from '../../host/testing/fake-host.ts';
import { ownedFiles } from './owned-files.ts';

let host: FakeHost;

beforeEach(async () => {
  host = await makeFakeHost();
  await host.write('/var/lib/dpkg/info/libssl3:amd64.list', '/.\n/usr\n/usr/lib/x86_64-linux-gnu/libssl.so.3\n');
  await host.write('/var/lib/dpkg/info/libc6:amd64.list', '/.\n/lib/x86_64-linux-gnu/libc.so.6\n');
  await host.write('/var/lib/dpkg/info/libssl3:amd64.md5sums', 'x /opt/fake.so\n');
});

afterEach(() => host.remove());

test.each([
  ['a file of a package', '/usr/lib/x86_64-linux-gnu/libssl.so.3', 'libssl3'],
  ['one that dpkg knows by its old folder', '/usr/lib/x86_64-linux-gnu/libc.so.6', 'libc6'],
  ['the same by its old name', '/lib/x86_64-linux-gnu/libc.so.6', 'libc6'],
  ['a file of nobody', '/opt/app/libssl.so.3', null],
  ['a part of a name', '/usr/lib/x86_64-linux-gnu/libssl.so', null],
  ['a name that goes on', '/usr/lib/x86_64-linux-gnu/libssl.so.3.1', null],
  ['a name in another kind of list', '/opt/fake.so', null],
])('%s', async (_, path, owned) => {
  expect(await ownedFiles(host, new Set([path]))).toEqual(new Map(owned === null ? [] : [[path, owned]]));
});

test('a new list is a new answer', async () => {
  const path = '/usr/bin/new';
  const before = await ownedFiles(host, new Set([path]));
  expect(before.size).toBe(0);
  await host.write('/var/lib/dpkg/info/new.list', `/.\n${path}\n`);

  expect(await ownedFiles(host, new Set([path]))).toEqual(new Map([[path, 'new']]));
});

test('an answer that is known is not looked up again', async () => {
  const path = '/usr/lib/x86_64-linux-gnu/libssl.so.3';
  await ownedFiles(host, new Set([path]));
  // Written into, not replaced as dpkg does: the folder stays as it was.
  await host.write('/var/lib/dpkg/info/libssl3:amd64.list', '/.\n');

  expect(await ownedFiles(host, new Set([path, '/opt/x']))).toEqual(new Map([[path, 'libssl3']]));
});

test('nothing asked, nothing read', async () => {
  expect(await ownedFiles({ root: '/no/such/root', procfs: '/proc' }, new Set())).toEqual(new Map());
});
