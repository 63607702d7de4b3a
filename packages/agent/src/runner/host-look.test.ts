import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { absentFiles } from './host-look.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'patchsteward-look-'));
  await mkdir(join(root, 'srv/folder'), { recursive: true });
  await writeFile(join(root, 'srv/file'), 'a line');
  await symlink('file', join(root, 'srv/link'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

test.each([
  ['a plain file', '/srv/file', true],
  ['nothing', '/srv/nothing', false],
  ['a folder', '/srv/folder', false],
  ['a link, wherever it leads', '/srv/link', false],
  ['a path through a file', '/srv/file/more', false],
])('%s', async (_, path, there) => {
  const host = { root, procfs: '/proc' };

  expect(await absentFiles(host, [path])).toEqual(there ? [] : [`file-missing:${path}`]);
});
