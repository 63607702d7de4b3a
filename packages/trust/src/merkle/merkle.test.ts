import { createHash } from 'node:crypto';
import type { Hash } from '@patchsteward/core/vocabulary';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { consistencyProof, verifyConsistency } from './consistency.ts';
import { fullTree } from './full-tree.ts';
import { inclusionProof, verifyInclusion } from './inclusion.ts';
import { EMPTY_ROOT, leafHash } from './node-hash.ts';
import { EMPTY_TREE, growTree, rootOf } from './tree.ts';

// The eight inputs of the reference vectors of Certificate Transparency.
const INPUTS = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const LEAVES = INPUTS.map((hex) => leafHash(Buffer.from(hex, 'hex')));

test.each(ROOTS.map((root, index) => [index + 1, root]))('the root of the first %i reference inputs', (size, root) => {
  expect(rootOf(growTree(EMPTY_TREE, LEAVES.slice(0, Number(size))))).toBe(`sha256:${root}`);
});

test('the root of nothing is the hash of nothing', () => {
  expect(rootOf(EMPTY_TREE)).toBe(EMPTY_ROOT);
});

/** The definition, word for word, over bytes: what the code must agree with. // RFC 6962 §2.1 */
function definition(inputs: readonly Buffer[]): Buffer {
  const sha = (...parts: readonly Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
  const [first] = inputs;
  if (first === undefined) return sha();
  if (inputs.length === 1) return sha(Buffer.of(0), first);
  let split = 1;
  while (split * 2 < inputs.length) split *= 2;
  return sha(Buffer.of(1), definition(inputs.slice(0, split)), definition(inputs.slice(split)));
}

const SIZE_MAX = 66;
const MANY = Array.from({ length: SIZE_MAX }, (_, index) => Buffer.from(`leaf ${index}`));
const HASHES = MANY.map(leafHash);
const rootAt = (size: number): Hash => rootOf(growTree(EMPTY_TREE, HASHES.slice(0, size)));

test('every size has the root of the definition, grown at once or leaf by leaf', () => {
  let grown = EMPTY_TREE;
  for (let size = 0; size <= SIZE_MAX; size += 1) {
    expect(rootOf(grown)).toBe(`sha256:${definition(MANY.slice(0, size)).toString('hex')}`);
    expect(rootAt(size)).toBe(rootOf(grown));
    grown = growTree(grown, HASHES.slice(size, size + 1));
  }
});

describe('inclusion', () => {
  test('every leaf of every size is proven, and only in its own place', () => {
    const tree = fullTree(HASHES);
    for (let size = 1; size <= SIZE_MAX; size += 1) {
      const root = rootAt(size);
      for (let index = 0; index < size; index += 1) {
        const leaf = HASHES[index] ?? EMPTY_ROOT;
        const proof = inclusionProof(tree, index, size);
        const claim = { leaf, index, size, proof, root };
        expect(verifyInclusion(claim)).toBe(true);
        expect(verifyInclusion({ ...claim, index: (index + 1) % size })).toBe(size === 1);
        expect(verifyInclusion({ ...claim, leaf: HASHES[(index + 1) % SIZE_MAX] ?? EMPTY_ROOT })).toBe(false);
        expect(verifyInclusion({ ...claim, proof: [...proof, root] })).toBe(false);
        if (size > 1) expect(verifyInclusion({ ...claim, proof: proof.slice(1) })).toBe(false);
      }
    }
  });

  test.each([
    ['a negative index', { index: -1 }],
    ['an index beyond the tree', { index: 8 }],
    ['half an index', { index: 0.5 }],
    ['a size of nothing', { size: 0 }],
    ['no whole size', { size: Number.NaN }],
  ])('%s is refused', (_, wrong) => {
    const claim = { leaf: LEAVES[0] ?? EMPTY_ROOT, index: 0, size: 8, proof: inclusionProof(fullTree(LEAVES), 0) };
    expect(verifyInclusion({ ...claim, root: rootOf(growTree(EMPTY_TREE, LEAVES)), ...wrong })).toBe(false);
  });

  test('a node cannot pass for a leaf', () => {
    const [a = EMPTY_ROOT, b = EMPTY_ROOT] = LEAVES;
    const node = Buffer.concat([a, b].map((hash) => Buffer.from(hash.slice(7), 'hex')));
    const root = rootOf(growTree(EMPTY_TREE, [a, b]));
    expect(verifyInclusion({ leaf: leafHash(node), index: 0, size: 1, proof: [], root })).toBe(false);
  });
});

describe('consistency', () => {
  test('every tree continues every smaller one, and no other', () => {
    const tree = fullTree(HASHES);
    for (let size = 0; size <= SIZE_MAX; size += 1) {
      for (let old = 0; old <= size; old += 1) {
        const [from, to] = [
          { size: old, root: rootAt(old) },
          { size, root: rootAt(size) },
        ];
        const proof = consistencyProof(tree, old, size);
        expect(verifyConsistency({ from, to, proof })).toBe(true);
        const changed = {
          ...from,
          root: HASHES[0] === from.root ? (HASHES[1] ?? EMPTY_ROOT) : (HASHES[0] ?? EMPTY_ROOT),
        };
        expect(verifyConsistency({ from: changed, to, proof })).toBe(false);
        expect(verifyConsistency({ from, to, proof: [...proof, to.root] })).toBe(false);
        if (proof.length > 0) expect(verifyConsistency({ from, to, proof: proof.slice(0, -1) })).toBe(false);
      }
    }
  });

  test('a log that was rewritten does not continue the one before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: SIZE_MAX - 1 }), fc.nat(), (old, seed) => {
        const forged = HASHES.map((hash, index) => (index === seed % old ? leafHash(Buffer.from('forged')) : hash));
        const proof = consistencyProof(fullTree(forged), old);
        const to = { size: SIZE_MAX, root: rootOf(growTree(EMPTY_TREE, forged)) };

        expect(verifyConsistency({ from: { size: old, root: rootAt(old) }, to, proof })).toBe(false);
      }),
    );
  });

  test('a shrunken log is no continuation', () => {
    const [from, to] = [
      { size: 8, root: rootAt(8) },
      { size: 7, root: rootAt(7) },
    ];
    expect(verifyConsistency({ from, to, proof: [] })).toBe(false);
  });
});
