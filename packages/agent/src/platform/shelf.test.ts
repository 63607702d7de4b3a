import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FileShelf } from './shelf.ts';

let folder = '';
let shelf: FileShelf;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchsteward-shelf-'));
  shelf = new FileShelf(folder);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test('a document is read as it was written last', async () => {
  await shelf.write('job.json', { held: 1 });
  await shelf.write('job.json', { held: 2 });

  expect(await shelf.read('job.json')).toEqual({ held: 2 });
  expect((await stat(join(folder, 'job.json'))).mode & 0o777).toBe(0o600);
});

test('what is not there, or was removed, is nothing', async () => {
  await shelf.write('reports/1.json', { said: true });
  await shelf.remove('reports/1.json');
  await shelf.remove('reports/2.json');

  expect(await shelf.read('reports/1.json')).toBeNull();
  expect(await shelf.names('offers')).toEqual([]);
});

test('names come in their order', async () => {
  for (const name of ['b', 'a', 'c']) await shelf.write(`reports/${name}.json`, { name });

  expect(await shelf.names('reports')).toEqual(['a.json', 'b.json', 'c.json']);
});

test('a file that is no document is an error, and not nothing', async () => {
  await writeFile(join(folder, 'job.json'), '{"held":');

  await expect(shelf.read('job.json')).rejects.toThrow(SyntaxError);
});
