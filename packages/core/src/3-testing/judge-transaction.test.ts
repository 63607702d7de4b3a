import { describe, expect, it } from 'vitest';
import type { PackageChange } from '../plan/index.ts';
import type { Hash, ReasonCode } from '../vocabulary/index.ts';
import { judgeTransaction, type ListedFile, type TransactionFacts } from './judge-transaction.ts';

const ORIGIN = 'deb.debian.org/debian-security bookworm-security/main';
const OTHER = 'packages.example.org/apt stable/main';

function hash(letter: string): Hash {
  // A hash is opaque to core; two different texts are two different hashes.
  return `sha256:${letter.repeat(64)}` as Hash;
}

const CHANGE: PackageChange = {
  ...{ name: 'redis-server', architecture: 'amd64', from: '1', to: '2' },
  ...{ sha256: hash('a'), sizeBytes: 100, origin: ORIGIN },
};
const LISTED: ListedFile = {
  ...{ origin: ORIGIN, name: 'redis-server', version: '2', architecture: 'amd64', sha256: hash('a'), sizeBytes: 100 },
};
const USABLE = { id: ORIGIN, unusable: null, problem: null };

function codes(facts: Partial<TransactionFacts>): ReasonCode[] {
  const problems = judgeTransaction({
    ...{ changes: [CHANGE], origins: [USABLE], listed: [LISTED], everListed: [LISTED], fileBytesMax: 1_000 },
    compare: (a, b) => Number(a) - Number(b),
    ...facts,
  });
  for (const { detail } of problems) expect(detail).toMatch(/^[A-Za-z].*\.$/);
  return problems.map(({ reason }) => reason.code);
}

describe('a transaction', () => {
  it('is believed where a usable index lists each file exactly so', () => {
    expect(codes({})).toEqual([]);
    expect(codes({ changes: [{ ...CHANGE, from: null }] })).toEqual([]);
  });

  const refusals: readonly [string, Partial<TransactionFacts>, readonly ReasonCode[]][] = [
    ['is empty', { changes: [] }, ['transaction-impossible']],
    [
      'removes a package',
      { changes: [{ ...CHANGE, to: null, sha256: null, origin: null }] },
      ['transaction-impossible'],
    ],
    ['names no hash', { changes: [{ ...CHANGE, sha256: null }] }, ['transaction-impossible']],
    ['names no origin', { changes: [{ ...CHANGE, origin: null }] }, ['transaction-impossible']],
    ['goes back', { changes: [{ ...CHANGE, from: '3' }] }, ['version-not-newer']],
    ['stays', { changes: [{ ...CHANGE, from: '2' }] }, ['version-not-newer']],
    ['is too large', { fileBytesMax: 99 }, ['package-too-large']],
    ['comes from elsewhere', { origins: [] }, ['origin-not-configured']],
    ['comes from an expired index', { origins: [{ ...USABLE, unusable: 'index-expired' }] }, ['index-expired']],
    [
      'comes from an index that never was verified',
      { origins: [{ ...USABLE, unusable: 'signature-wrong', problem: 'signature-wrong' }] },
      ['signature-wrong'],
    ],
    ['is not listed', { listed: [], everListed: [] }, ['package-not-listed']],
    [
      'is not listed, since the newer index was refused',
      { listed: [], everListed: [], origins: [{ ...USABLE, problem: 'index-rolled-back' }] },
      ['index-rolled-back'],
    ],
    ['was listed before but is not now', { listed: [] }, ['package-not-listed']],
    ['is listed by another origin alone', { listed: [{ ...LISTED, origin: OTHER }] }, ['package-not-listed']],
    ['is listed for another architecture', { listed: [{ ...LISTED, architecture: 'arm64' }] }, ['package-not-listed']],
    ['has other bytes', { listed: [{ ...LISTED, sha256: hash('b') }] }, ['hash-mismatch']],
    ['has another size', { listed: [{ ...LISTED, sizeBytes: 101 }] }, ['hash-mismatch']],
    ['is listed with two hashes', { listed: [LISTED, { ...LISTED, sha256: hash('b') }] }, ['hash-mismatch']],
    [
      'had other bytes at an earlier sight',
      { everListed: [LISTED, { ...LISTED, sha256: hash('b') }] },
      ['hash-mismatch'],
    ],
    [
      'has other bytes in another origin',
      { everListed: [LISTED, { ...LISTED, origin: OTHER, sha256: hash('b') }] },
      ['hash-mismatch'],
    ],
  ];

  it.each(refusals)('that %s is not', (_, facts, expected) => {
    expect(codes(facts)).toEqual(expected);
  });

  it('names every change that is wrong', () => {
    const changes = [CHANGE, { ...CHANGE, name: 'b', origin: OTHER }, { ...CHANGE, name: 'c', from: '2' }];

    expect(codes({ changes })).toEqual(['origin-not-configured', 'version-not-newer', 'package-not-listed']);
  });
});
