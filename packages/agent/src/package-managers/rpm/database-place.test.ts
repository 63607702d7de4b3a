import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FakeHost, makeFakeHost } from '../../host/testing/fake-host.ts';
import { databasePlace } from './database-place.ts';

let host: FakeHost;

beforeEach(async () => {
  host = await makeFakeHost();
});
afterEach(() => host.remove());

test.each([
  ['/var/lib/rpm', 'rpmdb.sqlite'],
  ['/var/lib/rpm', 'Packages'],
  ['/usr/lib/sysimage/rpm', 'Packages.db'],
])('%s/%s is a database', async (folder, name) => {
  await host.write(`${folder}/${name}`, 'x');

  expect(await databasePlace(host)).toEqual({ folder, file: join(host.root, folder, name) });
});

test('the empty folder of a tool that nobody uses is none', async () => {
  await mkdir(join(host.root, 'var/lib/rpm'), { recursive: true });

  expect(await databasePlace(host)).toBeNull();
});
