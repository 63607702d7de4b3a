import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BinarySearch, findBinaries } from './binaries.ts';

let root: string;

/** Programs that only say which version they are. */
async function install(path: string, version: string, programs = ['postgres', 'initdb']): Promise<void> {
  await mkdir(join(root, path), { recursive: true });
  for (const program of programs) {
    const file = join(root, path, program);
    await writeFile(file, `#!/bin/sh\necho "${program} (PostgreSQL) ${version}"\n`);
    await chmod(file, 0o755);
  }
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'binaries-'));
  await install('lib/9/bin', '9.6.24');
  await install('lib/14/bin', '14.9');
  await install('lib/15/bin', '15.18 (Debian 15.18-0+deb12u1)');
  await install('lib/17/bin', '17.2');
  await install('lib/18/bin', '18.1', ['initdb']);
  await install('old/14/bin', '14.9');
  await install('usr/bin', '16.4');
  await install('wrappers', '17.2', ['psql', 'initdb']);
  await install('strange', 'none');
});
afterAll(() => rm(root, { recursive: true }));

function find(search: Partial<BinarySearch>) {
  return findBinaries({
    copyTo: join(root, 'copies'),
    versionedRoots: [join(root, 'lib')],
    plainDirectories: [join(root, 'usr/bin')],
    embedded: false,
    ...search,
  });
}

describe('binaries', () => {
  it.each([
    ['the newest complete one of the system', {}, 'lib/17/bin', 17, 'system'],
    ['the one that made the data', { pinnedMajor: 15 }, 'lib/15/bin', 15, 'system'],
    ['the plain directory where no other fits', { pinnedMajor: 16 }, 'usr/bin', 16, 'system'],
    ['the plain directory where there is no other', { versionedRoots: ['/nowhere'] }, 'usr/bin', 16, 'system'],
  ])('are %s', async (_case, search, directory, major, origin) => {
    expect(await find(search)).toMatchObject({ directory: join(root, directory), major, origin });
  });

  it('are the configured ones alone, whatever else is there', async () => {
    expect(await find({ configured: join(root, 'lib/15/bin') })).toMatchObject({
      major: 15,
      version: '15.18',
      origin: 'configured',
    });
  });
});

describe('no binaries', () => {
  const nothing = { versionedRoots: [], plainDirectories: [] };
  it.each([
    ['at all', nothing, 'postgresql-missing', /15 or newer.*found: none/, /apt-get install postgresql/],
    [
      'new enough',
      { ...nothing, versionedRoots: ['old'] },
      'postgresql-missing',
      /found: 14\.9 in/,
      /PATCHSTEWARD_DATABASE_URL/,
    ],
    [
      'but client wrappers',
      { ...nothing, plainDirectories: ['wrappers'] },
      'postgresql-missing',
      /found: none/,
      /apt-get/,
    ],
    [
      'that say their version',
      { ...nothing, plainDirectories: ['strange'] },
      'postgresql-missing',
      /found: none/,
      /apt-get/,
    ],
    ['where configured', { configured: 'wrappers' }, 'postgresql-missing', /in .*wrappers/, /postgresBinaries/],
    [
      'of the major that made the data',
      { pinnedMajor: 13 },
      'postgresql-other-major',
      /made by PostgreSQL 13; found only 17\.2/,
      /PostgreSQL 13 again/,
    ],
  ])('%s', async (_case, search, code, message, whatToDo) => {
    const inRoot = Object.fromEntries(
      Object.entries(search).map(([name, value]) => {
        if (Array.isArray(value)) return [name, value.map((path) => join(root, path))];
        return [name, typeof value === 'string' ? join(root, value) : value];
      }),
    );

    await expect(find(inRoot)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
      whatToDo: expect.stringMatching(whatToDo),
    });
  });
});
