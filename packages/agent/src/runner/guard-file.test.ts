import { chmod, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadGuard, STRICTEST_GUARD, saveGuard } from './guard-file.ts';

let folder = '';
let path = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchsteward-guard-'));
  path = join(folder, 'etc/guard.json');
  await saveGuard(path, GUARD);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const GUARD = { ...STRICTEST_GUARD, environment: 'non-production', packagesDenied: ['mysql-server'] } as const;

test('what was pinned is read again', async () => {
  expect(await loadGuard(path)).toEqual({ kind: 'read', guard: GUARD });
  expect((await stat(path)).mode & 0o777).toBe(0o644);
});

test('a host that says nothing of itself is the dearest there can be', async () => {
  expect(await loadGuard(join(folder, 'none.json'))).toEqual({
    kind: 'read',
    guard: {
      environment: 'production',
      criticality: 'critical',
      allow: { reboot: false, kernel: false, lanes: ['routine', 'critical'] },
      packagesDenied: [],
    },
  });
});

test.each([
  ['not JSON', 'environment: production'],
  ['empty', ''],
  ['a list', '[]'],
  ['a word that is none', JSON.stringify({ ...GUARD, environment: 'staging' })],
  ['a field that nobody knows', JSON.stringify({ ...GUARD, allowEverything: true })],
  ['a field that is missing', JSON.stringify({ ...GUARD, allow: { reboot: true } })],
  ['too large', JSON.stringify({ ...GUARD, packagesDenied: Array(20_000).fill('acme') })],
])('%s: nothing is allowed', async (_, text) => {
  await writeFile(path, text);

  expect(await loadGuard(path)).toMatchObject({ kind: 'unusable' });
});

test.each([0o664, 0o646, 0o666])('writable by others (%o): nothing is allowed', async (mode) => {
  await chmod(path, mode);

  expect(await loadGuard(path)).toMatchObject({ kind: 'unusable', why: expect.stringContaining('others') });
});

test('a link to another file is no guard', async () => {
  await symlink(path, join(folder, 'link.json'));

  expect(await loadGuard(join(folder, 'link.json'))).toMatchObject({ kind: 'unusable' });
});
