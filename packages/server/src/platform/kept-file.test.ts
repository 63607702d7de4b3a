import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepOnce, replaceFile } from './kept-file.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchsteward-kept-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('is made once, and read ever after', async () => {
  const path = join(folder, 'key');

  expect(await keepOnce(path, () => Promise.resolve('first'))).toBe('first\n');
  expect(await keepOnce(path, () => Promise.reject(new Error('must not be asked')))).toBe('first\n');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('two that ask at once get the same, and nothing is left beside it', async () => {
  const path = join(folder, 'key');

  const got = await Promise.all([1, 2, 3, 4].map((one) => keepOnce(path, () => Promise.resolve(`made by ${one}`))));

  expect(new Set(got).size).toBe(1);
  expect(await readdir(folder)).toEqual(['key']);
});

test('a maker that fails leaves nothing', async () => {
  await expect(keepOnce(join(folder, 'key'), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await readdir(folder)).toEqual([]);
});

test('a file that is replaced holds the new content alone, for its owner alone', async () => {
  const path = join(folder, 'head');

  await replaceFile(path, 'one\n');
  await replaceFile(path, 'two\n');

  expect(await readFile(path, 'utf8')).toBe('two\n');
  expect(await readdir(folder)).toEqual(['head']);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});
