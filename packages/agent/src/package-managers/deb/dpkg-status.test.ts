import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { DpkgStatusError, parseDpkgStatus } from './dpkg-status.ts';

function paragraph(fields: Readonly<Record<string, string>>): string {
  const all = { Package: 'acl', Status: 'install ok installed', Architecture: 'amd64', Version: '2.3.1-3', ...fields };
  return `${Object.entries(all)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('')}\n`;
}

test('an installed package with its source', () => {
  const [found] = parseDpkgStatus(paragraph({ Package: 'libc6', Version: '2.36-9+deb12u10', Source: 'glibc' }));

  expect(found).toEqual({
    name: 'libc6',
    version: '2.36-9+deb12u10',
    architecture: 'amd64',
    source: 'glibc',
    sourceVersion: '2.36-9+deb12u10',
    state: 'installed',
    hold: false,
    origins: null,
  });
});

// dpkg(1), package states and selection states.
test.each([
  ['install ok installed', 'installed', false],
  ['hold ok installed', 'installed', true],
  ['deinstall ok installed', 'installed', false],
  ['install reinstreq installed', 'broken', false],
  ['install ok unpacked', 'broken', false],
  ['install ok half-installed', 'broken', false],
  ['install reinstreq half-installed', 'broken', false],
  ['hold ok half-configured', 'broken', true],
  ['install ok triggers-awaited', 'broken', false],
  ['install ok triggers-pending', 'broken', false],
])('the status "%s" is %s, on hold: %s', (status, state, hold) => {
  expect(parseDpkgStatus(paragraph({ Status: status }))).toEqual([expect.objectContaining({ state, hold })]);
});

test.each(['deinstall ok config-files', 'purge ok not-installed', 'hold ok config-files', 'unknown ok not-installed'])(
  'the status "%s" leaves nothing on the disk',
  (status) => {
    expect(parseDpkgStatus(paragraph({ Status: status }))).toEqual([]);
  },
);

test('what was only known of needs neither version nor architecture', () => {
  const text = 'Package: gone\nStatus: install ok not-installed\n\n';

  expect(parseDpkgStatus(text)).toEqual([]);
});

test('packages are sorted by name, then architecture, by code units', () => {
  const text = ['zlib', 'Alpha', 'acl', 'a-b', 'a']
    .flatMap((name) => ['i386', 'amd64'].map((Architecture) => paragraph({ Package: name, Architecture })))
    .join('');

  const order = parseDpkgStatus(text).map(({ name, architecture }) => `${name}:${architecture}`);

  expect(order).toEqual(['Alpha', 'a', 'a-b', 'acl', 'zlib'].flatMap((name) => [`${name}:amd64`, `${name}:i386`]));
});

describe('the journal is newer than the database', () => {
  const database = paragraph({ Package: 'a' }) + paragraph({ Package: 'b' });

  test.each([
    [
      'a package is unpacked',
      paragraph({ Package: 'a', Version: '9', Status: 'install ok unpacked' }),
      ['a 9 broken', 'b 2.3.1-3 installed'],
    ],
    ['a package is removed', paragraph({ Package: 'b', Status: 'deinstall ok config-files' }), ['a 2.3.1-3 installed']],
    [
      'a package is new',
      paragraph({ Package: 'c', Version: '1' }),
      ['a 2.3.1-3 installed', 'b 2.3.1-3 installed', 'c 1 installed'],
    ],
  ])('%s', (_, record, expected) => {
    const found = parseDpkgStatus(database, [record]);

    expect(found.map(({ name, version, state }) => `${name} ${version} ${state}`)).toEqual(expected);
  });

  test('the last record of a package counts', () => {
    const records = ['2', '3', '4'].map((Version) => paragraph({ Package: 'a', Version }));

    expect(parseDpkgStatus(database, records)[0]?.version).toBe('4');
  });
});

describe('what is not a status database is refused, with the line', () => {
  test.each([
    ['an empty text', '', 1],
    ['no package', '\n\n', 1],
    ['a text that was cut within a line', `${paragraph({})}Package: b\nSta`, 7],
    ['a paragraph that was cut', `${paragraph({})}Package: b\n`, 6],
    ['no version', paragraph({ Version: '' }), 1],
    ['no architecture', paragraph({ Architecture: '' }), 1],
    ['no status', paragraph({ Status: '' }), 1],
    ['an unknown state', paragraph({ Status: 'install ok sleeping' }), 1],
    ['an unknown selection', paragraph({ Status: 'like ok installed' }), 1],
    ['an unknown flag', paragraph({ Status: 'install well installed' }), 1],
    ['a status of two words', paragraph({ Status: 'install ok' }), 1],
    ['a status of four words', paragraph({ Status: 'install ok installed now' }), 1],
    ['a package twice', paragraph({}) + paragraph({}), 6],
    ['a list of names', 'acl 2.3.1-3\nadduser 3.134\n', 1],
    ['packed bytes', '\u001f\u008b\u0008\u0000\n', 1],
  ])('%s', (_, text, line) => {
    expect(() => parseDpkgStatus(text)).toThrow(DpkgStatusError);
    expect(() => parseDpkgStatus(text)).toThrow(expect.objectContaining({ line }));
  });
});

const data = join(
  process.env['PATCHSTEWARD_TEST_DATA'] ?? join(import.meta.dirname, '../../../../../../shared/data'),
  'hosts/bookworm-workstation',
);

describe.skipIf(!existsSync(data))('the status database of a real host (needs the test data)', () => {
  const text = (name: string): string => gunzipSync(readFileSync(join(data, name))).toString('utf8');

  test('gives exactly the rows that dpkg-query gave there', () => {
    const found = parseDpkgStatus(text('dpkg-status.gz'));

    const rows = found.map(({ name, version, architecture, source, sourceVersion }) =>
      [name, version, architecture, source, sourceVersion].join('\t'),
    );
    const expected = text('packages.tsv.gz').trimEnd().split('\n').slice(1);
    expect(rows).toHaveLength(756);
    expect(rows.toSorted()).toEqual(expected.map((row) => row.split('\t').slice(0, 5).join('\t')).toSorted());
    expect(expected.every((row) => row.split('\t')[5]?.trim() === 'ii')).toBe(true);
    expect(found.every(({ state, hold }) => state === 'installed' && !hold)).toBe(true);
  });
});
