import { expect, test } from 'vitest';
import { parseRecords, readRecords } from './records.ts';
import { fakeApt } from './testing/fake-apt.ts';

const SHA256 = 'ab'.repeat(32);
const RECORD = `Package: libc6
Source: glibc
Version: 2.36-9+deb12u13
Architecture: amd64
Size: 2756896
SHA256: ${SHA256.toUpperCase()}
Description: GNU C Library
 more words
`;

test('source, size and hash of an offered file', () => {
  expect(parseRecords(RECORD).find('libc6', '2.36-9+deb12u13', 'amd64')).toEqual({
    architecture: 'amd64',
    source: 'glibc',
    sourceVersion: '2.36-9+deb12u13',
    sha256: SHA256,
    sizeBytes: 2_756_896,
  });
});

test.each([
  ['another version', 'libc6', '2.36-9'],
  ['another package', 'libc-bin', '2.36-9+deb12u13'],
])('%s has no record', (_, name, version) => {
  expect(parseRecords(RECORD).find(name, version, 'amd64')).toBeNull();
});

test('the record of the asked architecture is preferred', () => {
  const records = parseRecords(`${RECORD}\n${RECORD.replace('amd64', 'i386').replace('2756896', '7')}`);

  expect(records.find('libc6', '2.36-9+deb12u13', 'i386')?.sizeBytes).toBe(7);
  expect(records.find('libc6', '2.36-9+deb12u13', 'amd64')?.sizeBytes).toBe(2_756_896);
});

test('a package that changes to all architectures is found all the same', () => {
  expect(parseRecords(RECORD.replace('amd64', 'all')).find('libc6', '2.36-9+deb12u13', 'amd64')?.architecture).toBe(
    'all',
  );
});

test.each([
  ['no hash', RECORD.replace(/^SHA256: .*\n/m, '')],
  ['a cut hash', RECORD.replace(/^SHA256: .*$/m, 'SHA256: abcd')],
])('%s is null', (_, text) => {
  expect(parseRecords(text).find('libc6', '2.36-9+deb12u13', 'amd64')?.sha256).toBeNull();
});

test('a size that is no number is null', () => {
  const text = RECORD.replace('2756896', 'big');

  expect(parseRecords(text).find('libc6', '2.36-9+deb12u13', 'amd64')?.sizeBytes).toBeNull();
});

test('without a question apt is not asked', async () => {
  const apt = fakeApt({});

  expect((await readRecords(apt, [])).find('libc6', '1', 'amd64')).toBeNull();
  expect(apt.asked).toEqual([]);
});
