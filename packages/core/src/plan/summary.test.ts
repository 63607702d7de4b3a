import { expect, test } from 'vitest';
import type { Hash } from '../vocabulary/index.ts';
import type { PackageChange } from './change.ts';
import type { Leaf } from './leaf.ts';
import { summarize } from './summary.ts';

// A brand of trust; core never hashes.
const HASH = `sha256:${'a'.repeat(64)}` as Hash;

function change(name: string, given: Partial<PackageChange> = {}): PackageChange {
  return {
    name,
    architecture: 'amd64',
    from: '1-1',
    to: '1-2',
    sha256: HASH,
    sizeBytes: 1,
    origin: 'deb.example suite/main',
    ...given,
  };
}

function leaf(assetId: string, given: Partial<Leaf> = {}): Leaf {
  return {
    assetId,
    ecosystem: 'deb',
    wave: 1,
    changes: [change('openssl')],
    restarts: [],
    reboot: 'never',
    intervals: [{ from: 1_000, until: 2_000 }],
    health: { units: [], ports: [], urls: [], watchMs: 0 },
    backup: { kind: 'proof', proof: HASH },
    rollback: { kind: 'none', why: 'none' },
    rollbackGraceMs: 0,
    ...given,
  };
}

test('a package is told once for each of its steps, with its hosts', () => {
  const both = [change('libssl3'), change('libssl3', { architecture: 'i386' }), change('openssl')];
  const leaves = [
    leaf('a', { changes: both, wave: 2, reboot: 'if-needed', intervals: [{ from: 500, until: 600 }] }),
    leaf('b', { backup: { kind: 'waiver', waiver: HASH } }),
    leaf('c', { changes: [change('openssl', { from: '1-0' }), change('zlib', { from: null })] }),
  ];

  expect(summarize(leaves)).toEqual({
    hosts: 3,
    waves: 2,
    packages: [
      { name: 'libssl3', from: '1-1', to: '1-2', hosts: 1 },
      { name: 'openssl', from: '1-0', to: '1-2', hosts: 1 },
      { name: 'openssl', from: '1-1', to: '1-2', hosts: 2 },
      { name: 'zlib', from: null, to: '1-2', hosts: 1 },
    ],
    reboots: 1,
    withoutRollback: 3,
    withoutBackup: 1,
    firstStart: 500,
    lastEnd: 2_000,
  });
});

test('the order of the leaves is nothing to it', () => {
  const leaves = [leaf('a'), leaf('b', { wave: 2 }), leaf('c', { changes: [change('bash')] })];
  expect(summarize(leaves.toReversed())).toEqual(summarize(leaves));
});
