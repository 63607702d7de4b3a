import { describe, expect, it } from 'vitest';
import { compareKeys } from '../compare-keys.ts';
import { dataLines, orderedPairs, TEST_DATA } from '../testing/fixtures.ts';
import { VERSION_CHARACTERS_MAX } from '../version-order.ts';
import { rpmVersionKey } from './key.ts';
import { rpmFault } from './parse.ts';

function hex(evr: string): string {
  return Buffer.from(rpmVersionKey(evr)).toString('hex');
}

describe('rpmVersionKey', () => {
  // The format is stored in databases: a changed byte here needs a migration there.
  it.each([
    ['0', '80 80 02 00'],
    ['', '80 02 00'],
    ['1.2-3', '80 8131 8132 02 01 8133 02'],
    ['2:1.0~rc^1-1.el9', '8132 8131 80 01 726300 03 8131 02 01 8131 656c00 8139 02'],
    ['1_0', '80 8131 80 02 00'],
    ['1-', '80 8131 02 01 02'],
    ['1'.repeat(126), `80 fe${'31'.repeat(126)} 02 00`],
    ['1'.repeat(127), `80 ff0000007f${'31'.repeat(127)} 02 00`],
  ])('of %s', (evr, bytes) => {
    expect(hex(evr)).toBe(bytes.replaceAll(' ', ''));
  });

  it.each([
    ['9'.repeat(126), '1'.repeat(127)],
    ['9'.repeat(127), '1'.repeat(128)],
    ['9'.repeat(255), '1'.repeat(256)],
    [`1.${'9'.repeat(300)}`, `1.${'9'.repeat(300)}.0`],
    [`1${'0'.repeat(300)}a`, `1${'0'.repeat(300)}b`],
  ])('never misplaces a long run of digits (case %#)', (low, high) => {
    expect(compareKeys(rpmVersionKey(low), rpmVersionKey(high))).toBe(-1);
  });

  it('of a valid version fits an index row', () => {
    const longest = '1a'.repeat(VERSION_CHARACTERS_MAX / 2);

    expect(rpmFault(longest)).toBeNull();
    expect(rpmVersionKey(longest).length).toBeLessThan(2_100);
  });

  it.skipIf(TEST_DATA === null)('orders every line of the rpm fixtures', () => {
    const pairs = orderedPairs(dataLines('versions/redhat.txt'));

    const wrong = pairs.filter(({ a, b, order }) => compareKeys(rpmVersionKey(a), rpmVersionKey(b)) !== order);

    expect(wrong).toEqual([]);
    expect(pairs.length).toBeGreaterThanOrEqual(80);
  });
});
