import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FakeHost, makeFakeHost } from '../../host/testing/fake-host.ts';
import { databasePath, parseDatabase } from './database.ts';
import { paragraph } from './testing/apk-root.ts';

let host: FakeHost;

beforeEach(async () => {
  host = await makeFakeHost();
});
afterEach(() => host.remove());

test.each([
  ['whole', {}, 'installed'],
  ['with another kind of checksum', { f: 'S' }, 'installed'],
  ['with files that are not in place', { f: 'f' }, 'broken'],
  ['with a script that failed', { f: 'sS' }, 'broken'],
])('a package %s is %s', (_, fields, state) => {
  expect(parseDatabase(paragraph({ P: 'a', V: '1-r0', ...fields }))).toMatchObject([{ state }]);
});

test.each([
  ['nothing', ''],
  ['a text that was cut off', paragraph({ P: 'a', V: '1-r0' }).slice(0, -3)],
  ['a package without a version', paragraph({ P: 'a' })],
  ['a package without a name', paragraph({ V: '1-r0' })],
  ['no package', '\n'],
])('%s is no database', (_, text) => {
  expect(() => parseDatabase(text)).toThrow(expect.objectContaining({ code: 'apk-database-unreadable' }));
});

test.each(['/lib/apk/db/installed', '/usr/lib/apk/db/installed'])('%s is a place of it', async (path) => {
  expect(await databasePath(host)).toBeNull();

  await host.write(path, 'x');

  expect(await databasePath(host)).toContain(path);
});
