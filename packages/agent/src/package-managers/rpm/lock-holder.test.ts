import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findLockHolder } from './lock-holder.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'patchsteward-rpm-lock-'));
  await put('proc/locks', '');
});

afterEach(() => rm(root, { recursive: true, force: true }));

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

test.each<[string, string | null, string | null, object | null]>([
  ['nobody, where dnf left no lock', null, null, null],
  ['a dnf that runs', '41', 'dnf-automatic', { pid: 41, name: 'dnf-automatic' }],
  ['nobody, where it is gone', '41', null, null],
  ['nobody, where its number belongs to another process now', '41', 'bash', null],
  ['nobody, where the lock says nothing', '', 'dnf', null],
])('%s', async (_, lock, name, expected) => {
  if (lock !== null) await put('var/lib/dnf/rpmdb_lock.pid', lock);
  if (name !== null) await put('proc/41/comm', `${name}\n`);

  expect(await findLockHolder({ root, procfs: join(root, 'proc') })).toEqual(expected);
});
