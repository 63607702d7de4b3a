import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { errorCode, isPresent, readProcText, readText, readTextIfPresent, writeFileAtomically } from './files.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchsteward-files-'));
});

afterEach(() => rm(folder, { recursive: true }));

test.each([0, 1, 4095, 4096, 4097, 1_000_000])('a file of %i bytes is read whole', async (size) => {
  const path = join(folder, 'file');
  await writeFile(path, 'é'.repeat(size / 2) + (size % 2 === 1 ? 'x' : ''));

  expect(Buffer.byteLength(await readText(path, 1_000_000))).toBe(size);
});

test('a file of /proc, which claims to be empty, is read whole', async () => {
  expect((await stat('/proc/self/maps')).size).toBe(0);
  expect(await readText('/proc/self/maps', 10_000_000)).toMatch(/\[stack\]/);
});

test('a file of /proc may be read in one go', async () => {
  expect(readProcText('/proc/self/maps', 10_000_000)).toMatch(/\[stack\]/);
  expect(() => readProcText('/proc/self/maps', 10)).toThrow(expect.objectContaining({ code: 'file-too-large' }));
  expect(() => readProcText('/proc/self/none', 10)).toThrow(expect.objectContaining({ code: 'ENOENT' }));
});

test('a file at the limit is read, one byte more is refused', async () => {
  await writeFile(join(folder, 'file'), 'x'.repeat(100));

  expect(await readText(join(folder, 'file'), 100)).toHaveLength(100);
  await expect(readText(join(folder, 'file'), 99)).rejects.toMatchObject({ code: 'file-too-large' });
});

test('only a missing file is null', async () => {
  expect(await readTextIfPresent(join(folder, 'none'), 100)).toBeNull();
  expect(await isPresent(join(folder, 'none'))).toBe(false);
  await expect(readTextIfPresent(folder, 100)).rejects.toMatchObject({ code: 'EISDIR' });
});

test.each(['flushed', 'unflushed'] as const)(
  '%s, a file is replaced with its mode, and no draft is left',
  async (durability) => {
    const path = join(folder, 'key.pem');
    await writeFile(path, 'old', { mode: 0o644 });
    await writeFile(join(folder, '.key.pem.draft'), 'of a crash', { mode: 0o644 });

    await writeFileAtomically(path, 'new', 0o600, durability);

    expect(await readFile(path, 'utf8')).toBe('new');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['key.pem']);
  },
);

test('a failed replacement leaves the old file', async () => {
  await expect(writeFileAtomically(join(folder, 'none', 'file'), 'new', 0o600)).rejects.toMatchObject({
    code: 'ENOENT',
  });
});

test.each([
  [Object.assign(new Error('x'), { code: 'ENOSPC' }), 'ENOSPC'],
  [new Error('x'), null],
  [{ code: 'ENOSPC' }, null],
  ['ENOSPC', null],
])('the code of %s is %s', (error, code) => {
  expect(errorCode(error)).toBe(code);
});
