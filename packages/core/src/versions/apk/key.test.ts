import { describe, expect, it } from 'vitest';
import { compareKeys } from '../compare-keys.ts';
import { dataLines, orderedPairs, TEST_DATA } from '../testing/fixtures.ts';
import { VERSION_CHARACTERS_MAX } from '../version-order.ts';
import { apkVersionKey } from './key.ts';

describe('apkVersionKey', () => {
  // The format is stored in databases: a changed byte here needs a migration there.
  it.each([
    ['1', '34 0231 07'],
    ['0', '34 01 07'],
    ['1.02', '34 0231 33 303200 07'],
    ['1.2_rc3-r10', '34 0231 34 0232 04 0a 0233 08 033130 07'],
    ['1a~f0', '34 0231 15 09 663000 07'],
    ['1?', '34 0231 05 07'],
    ['.', '06 06 07'],
    ['7'.repeat(254), `34 ff 000000fe${'37'.repeat(254)} 07`],
  ])('of %s', (version, bytes) => {
    expect(Buffer.from(apkVersionKey(version)).toString('hex')).toBe(bytes.replaceAll(' ', ''));
  });

  it.each(['1.', '1a', 'a', '1_p', '1_p1', '.0', '~f', '_p1_alpha2'])(
    'of %s again and again fits an index row',
    (piece) => {
      const longest = piece.repeat(Math.floor(VERSION_CHARACTERS_MAX / piece.length));

      expect(apkVersionKey(longest).length).toBeLessThan(2_100);
    },
  );

  it.skipIf(TEST_DATA === null)('orders every line of the apk fixtures', () => {
    const pairs = orderedPairs(['alpine.txt', 'alpine-generated.txt'].flatMap((file) => dataLines(`versions/${file}`)));

    const wrong = pairs.filter(({ a, b, order }) => compareKeys(apkVersionKey(a), apkVersionKey(b)) !== order);

    expect(wrong).toEqual([]);
    expect(pairs.length).toBeGreaterThan(7_000);
  });
});
