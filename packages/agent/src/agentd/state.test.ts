import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Identity, StateDirectory } from './state.ts';

const IDENTITY: Identity = { server: { host: 'h', port: 1 }, assetId: 'a', certificatePem: 'c', caPem: 'ca' };

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchsteward-state-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function modeOf(path: string): Promise<string> {
  return ((await stat(path)).mode & 0o777).toString(8);
}

test('the directory and its secrets are their owner’s alone', async () => {
  const state = await StateDirectory.open(join(folder, 'a/b'));
  await state.saveKey('key');
  await state.saveIdentity(IDENTITY);

  expect(await modeOf(state.path)).toBe('700');
  expect(await modeOf(join(state.path, 'key.pem'))).toBe('600');
  expect(await modeOf(join(state.path, 'identity.json'))).toBe('600');
});

test('what is kept is found again', async () => {
  const state = await StateDirectory.open(folder);
  await state.saveKey('key');
  await state.saveIdentity(IDENTITY);
  await state.saveContact({ at: 1, accepted: false, problem: 'no' });

  const again = await StateDirectory.find(folder);

  expect(await again?.loadKey()).toBe('key');
  expect(await again?.loadIdentity()).toEqual(IDENTITY);
  expect(await again?.loadContact()).toEqual({ at: 1, accepted: false, problem: 'no' });
});

test('a new directory knows nothing; one that is not there is not made by looking', async () => {
  const state = await StateDirectory.open(folder);

  expect([await state.loadKey(), await state.loadIdentity(), await state.loadContact()]).toEqual([null, null, null]);
  expect(await StateDirectory.find(join(folder, 'none'))).toBeNull();
  expect(await readdir(folder)).toEqual([]);
});

test('a directory that is open to others is refused, and left as it is', async () => {
  await chmod(folder, 0o755);

  await expect(StateDirectory.open(folder)).rejects.toMatchObject({ code: 'state-unusable' });
  expect(await modeOf(folder)).toBe('755');
});

test.each([
  ['no JSON', 'x'],
  ['not an identity', '{"assetId":"a"}'],
  ['no server', '{"assetId":"a","certificatePem":"c","caPem":"ca","server":"h:1"}'],
  ['an empty file', ''],
])('a damaged identity (%s) is said, with what to do', async (_, content) => {
  await writeFile(join(folder, 'identity.json'), content);
  const state = await StateDirectory.open(folder);

  await expect(state.loadIdentity()).rejects.toMatchObject({
    code: 'state-unusable',
    message: expect.stringContaining(folder),
  });
});

test('forgetting leaves nothing of who the host was', async () => {
  const state = await StateDirectory.open(folder);
  await state.saveKey('key');
  await state.saveIdentity(IDENTITY);
  await state.saveContact({ at: 1, accepted: true, problem: null });
  await mkdir(state.scratchDirectory);

  await state.forget();

  expect(await readdir(folder)).toEqual([]);
});
