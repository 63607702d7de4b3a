import { describe, expect, it } from 'vitest';
import { compareKeys } from '../compare-keys.ts';
import { dataLines, orderedPairs, TEST_DATA } from '../testing/fixtures.ts';
import { VERSION_CHARACTERS_MAX } from '../version-order.ts';
import { debVersionKey } from './key.ts';
import { debFault } from './parse.ts';

function hex(version: string): string {
  return Buffer.from(debVersionKey(version)).toString('hex');
}

describe('debVersionKey', () => {
  // The format is stored in databases: a changed byte here needs a migration there.
  it.each([
    ['0', '02 02 02 02 02'],
    ['', '02 02 02 02 02'],
    ['1.2-3', '02 0331 ae 0332 02 0333 02'],
    ['2:1.0~a-1+b1', '0332 0331 ae 02 01 61 02 02 0331 ab 62 0331 02'],
    ['0001', '02 0331 02 02 02'],
    ['1_é', '02 0331 df ff00e9 02 02 02 02'],
    ['1'.repeat(61), `02 3f${'31'.repeat(61)} 02 02 02`],
    ['1'.repeat(62), `02 400000003e${'31'.repeat(62)} 02 02 02`],
  ])('of %s', (version, bytes) => {
    expect(hex(version)).toBe(bytes.replaceAll(' ', ''));
  });

  it.each([
    ['9'.repeat(61), '1'.repeat(62)],
    ['9'.repeat(62), '1'.repeat(63)],
    ['9'.repeat(255), '1'.repeat(256)],
    [`1.${'9'.repeat(300)}`, `1.${'9'.repeat(300)}.0`],
    [`1${'0'.repeat(300)}a`, `1${'0'.repeat(300)}b`],
  ])('never misplaces a long run of digits (case %#)', (low, high) => {
    expect(compareKeys(debVersionKey(low), debVersionKey(high))).toBe(-1);
  });

  it('of a valid version fits an index row', () => {
    const longest = '1a'.repeat(VERSION_CHARACTERS_MAX / 2);

    expect(debFault(longest)).toBeNull();
    expect(debVersionKey(longest).length).toBeLessThan(2_100);
  });

  it.skipIf(TEST_DATA === null)('orders every line of the deb fixtures', () => {
    const pairs = orderedPairs([...dataLines('versions/debian.txt'), ...dataLines('versions/debian-generated.txt')]);

    const wrong = pairs.filter(({ a, b, order }) => compareKeys(debVersionKey(a), debVersionKey(b)) !== order);

    expect(wrong).toEqual([]);
    expect(pairs.length).toBeGreaterThan(7_000);
  });
});
