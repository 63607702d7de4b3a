import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { IndexTarget } from './index-targets.ts';
import { readOrigins } from './origins.ts';

const RELEASE = 'Origin: Acme\nDate: Sat, 11 Jul 2026 09:31:07 UTC\nValid-Until: Sat, 18 Jul 2026 09:31:07 UTC\n';
const SIGNED = `-----BEGIN PGP SIGNED MESSAGE-----\n\n${RELEASE}-----BEGIN PGP SIGNATURE-----\n`;
const DATES = { date: Date.UTC(2026, 6, 11, 9, 31, 7), validUntil: Date.UTC(2026, 6, 18, 9, 31, 7) };
const NO_DATES = { date: null, validUntil: null };

let lists = '';

beforeEach(async () => {
  lists = await mkdtemp(join(tmpdir(), 'patchsteward-lists-'));
});

afterEach(async () => {
  await rm(lists, { recursive: true });
});

function target(name: string, metaKey: string, origin: string): IndexTarget {
  const description = `http://${origin} amd64 Packages`;
  const release = { publisher: 'Acme', label: 'L', suite: 'stable', codename: 'one' };
  return { description, origin, filename: join(lists, name), metaKey, ...release };
}

async function readOne(files: Readonly<Record<string, string>>, name: string, metaKey: string): Promise<object> {
  for (const [file, text] of Object.entries(files)) await writeFile(join(lists, file), text);
  const [snapshot] = await readOrigins([target(name, metaKey, 'h.example/d s/c')]);
  return { ...snapshot };
}

const IDENTITY = { id: 'h.example/d s/c', publisher: 'Acme', label: 'L', suite: 'stable', codename: 'one' };
const PREFIX = 'h.example_d_dists_s_';

// apt itself decides: it keeps InRelease or Release.gpg only where a signature was verified.
test.each([
  ['an InRelease', { [`${PREFIX}InRelease`]: SIGNED }, true],
  ['a Release with its signature', { [`${PREFIX}Release`]: RELEASE, [`${PREFIX}Release.gpg`]: 'x' }, true],
  ['a bare Release (unsigned, or trusted=yes without a fitting signature)', { [`${PREFIX}Release`]: SIGNED }, false],
  ['a signature without its Release', { [`${PREFIX}Release.gpg`]: 'x' }, false],
  ['nothing', {}, false],
  ['the InRelease of another suite', { 'h.example_d_dists_s-updates_InRelease': SIGNED }, false],
  ['the InRelease of the folder above', { 'h.example_d_InRelease': SIGNED }, false],
])('%s: signed %s', async (_, files, signed) => {
  const snapshot = await readOne(files, `${PREFIX}c_binary-amd64_Packages`, 'c/binary-amd64/Packages');

  expect(snapshot).toEqual({ ...IDENTITY, ...(signed ? DATES : NO_DATES), signed });
});

test.each([
  ['a packed index', `${PREFIX}c_binary-amd64_Packages.lz4`, 'c/binary-amd64/Packages', PREFIX],
  [
    'a component with an underscore',
    `${PREFIX}non%5ffree_binary-amd64_Packages`,
    'non_free/binary-amd64/Packages',
    PREFIX,
  ],
  ['a flat repository', 'h.example_flat_._Packages', 'Packages', 'h.example_flat_._'],
  ['a component that is a path', `${PREFIX}a_b_binary-amd64_Packages.xz`, 'a/b/binary-amd64/Packages', PREFIX],
])('the Release file of %s is found', async (_, name, metaKey, prefix) => {
  expect(await readOne({ [`${prefix}InRelease`]: SIGNED }, name, metaKey)).toMatchObject({ signed: true, ...DATES });
});

test('one entry per origin, sorted', async () => {
  const targets = [
    target('h.example_z_dists_s_c_binary-amd64_Packages', 'c/binary-amd64/Packages', 'h.example/z s/c'),
    target('h.example_z_dists_s_c_binary-i386_Packages', 'c/binary-i386/Packages', 'h.example/z s/c'),
    target('h.example_a_dists_s_c_binary-amd64_Packages', 'c/binary-amd64/Packages', 'h.example/a s/c'),
  ];

  expect((await readOrigins(targets)).map(({ id }) => id)).toEqual(['h.example/a s/c', 'h.example/z s/c']);
});

test('without any index there is no origin', async () => {
  expect(await readOrigins([])).toEqual([]);
});
