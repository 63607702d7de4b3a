import { expect, test } from 'vitest';
import { parseDatabase } from './database.ts';

const SIGNED = 'RSA/SHA256, Tue Jan  6 10:00:00 2026, Key ID d36cb86cb86b3716';

function record(cells: Readonly<Record<string, string>>): string {
  const plain = {
    name: 'bash',
    epoch: '0',
    version: '5.1.8',
    release: '6.el9',
    architecture: 'x86_64',
    source: 'bash-5.1.8-6.el9.src.rpm',
    module: '(none)',
    vendor: 'AlmaLinux',
    packager: '(none)',
    rsa: '(none)',
    dsa: '(none)',
  };
  return `${Object.values({ ...plain, ...cells }).join('\x1f')}\x1e`;
}

test('a package as rpm knows it', () => {
  expect(parseDatabase(record({}))).toEqual([
    {
      name: 'bash',
      version: '5.1.8-6.el9',
      architecture: 'x86_64',
      source: 'bash',
      sourceVersion: '5.1.8-6.el9',
      state: 'installed',
      hold: false,
      origins: null,
      vendor: 'AlmaLinux',
    },
  ]);
});

test.each([
  [
    'an epoch is the header’s, the source’s name says none',
    { epoch: '1' },
    { version: '1:5.1.8-6.el9', sourceVersion: '5.1.8-6.el9' },
  ],
  [
    'a part has the name and version of its source',
    { source: 'glibc-common-2.34-1.src.rpm' },
    { source: 'glibc-common', sourceVersion: '2.34-1' },
  ],
  ['a source without sources is one', { source: 'x-1-2.nosrc.rpm' }, { source: 'x', sourceVersion: '1-2' }],
  ['no source: it is its own', { source: '(none)', epoch: '1' }, { source: 'bash', sourceVersion: '1:5.1.8-6.el9' }],
  ['a module is its name and stream', { module: 'nodejs:18:9010:abc' }, { module: 'nodejs:18' }],
  ['a vendor with anything in it', { vendor: 'A\tB\nC' }, { vendor: 'A\tB\nC' }],
])('%s', (_, cells, expected) => {
  expect(parseDatabase(record(cells))[0]).toMatchObject(expected);
});

test('where the header names no vendor, the key does that signed it; keys are no packages', () => {
  const key = record({
    name: 'gpg-pubkey',
    version: 'b86b3716',
    release: '61e69f29',
    architecture: '(none)',
    packager: 'AlmaLinux 9 <a@b>',
  });
  const other = record({ name: 'other', vendor: '(none)', rsa: SIGNED.replace('b86b3716', 'ffffffff') });

  const packages = parseDatabase(record({ vendor: '(none)', dsa: SIGNED }) + other + key);

  expect(packages.map(({ name, vendor }) => [name, vendor])).toEqual([
    ['bash', 'AlmaLinux 9 <a@b>'],
    ['other', undefined],
  ]);
});

test('sorted by name, architecture and version, several versions of one name beside each other', () => {
  const names = ['zsh', 'bash', 'kernel'].map((name) => record({ name })).join('');

  const packages = parseDatabase(names + record({ name: 'kernel', release: '7.el9' }));

  expect(packages.map(({ name, version }) => `${name} ${version}`)).toEqual([
    'bash 5.1.8-6.el9',
    'kernel 5.1.8-6.el9',
    'kernel 5.1.8-7.el9',
    'zsh 5.1.8-6.el9',
  ]);
});

test.each([
  ['an empty answer', ''],
  ['a sentence', 'rpm: something is wrong\x1e'],
  ['a record that was cut off', record({}).slice(0, 20).concat('\x1e')],
])('%s is no list of packages', (_, answer) => {
  expect(() => parseDatabase(answer)).toThrow(expect.objectContaining({ code: 'rpm-answer-unreadable' }));
});
