import { describe, expect, it } from 'vitest';
import { dataLines, orderedPairs, TEST_DATA } from '../testing/fixtures.ts';
import { itIsTheOrderOfItsKeys, itKeepsTheLawsOfAnOrder } from '../testing/laws.ts';
import { compareDebVersions } from './compare.ts';
import { debOrder } from './index.ts';

describe('compareDebVersions', () => {
  it.each([
    // Policy 5.6.12's own row: ~~, ~~a, ~, the empty part, a.
    ['1~~', '<', '1~~a'],
    ['1~~a', '<', '1~'],
    ['1~', '<', '1'],
    ['1', '<', '1a'],
    // Letters before other characters.
    ['1a', '<', '1+'],
    ['1Z', '<', '1a'],
    ['1+', '<', '1.'],
    // Numbers by value, of any length; an empty run of digits is 0.
    ['1.9', '<', '1.10'],
    ['1.09', '=', '1.9'],
    ['1.0', '=', '1.00'],
    ['1a', '=', '1a0'],
    ['1.', '=', '1.0'],
    ['1.18446744073709551615', '<', '1.18446744073709551616'],
    ['1', '<', '1.0'],
    // Epoch before everything.
    ['9', '<', '1:0'],
    ['0:1', '=', '1'],
    ['02:1', '=', '2:1'],
    ['9:1', '<', '10:0'],
    // The revision starts at the last hyphen; a missing one is 0.
    ['1.0', '=', '1.0-0'],
    ['1.0', '<', '1.0-1'],
    ['1.0-1~bpo12+1', '<', '1.0-1'],
    ['1.0-1', '<', '1.0-1+b1'],
    ['1.0-9', '<', '1.0-1-1'],
    ['2.0-1', '<', '2.0.1-1'],
    ['1.0+dfsg-1', '>', '1.0-9'],
    ['1.0~rc1-1', '<', '1.0-1'],
    ['5.4.5-0.3', '<', '5.6.1+really5.4.5-1'],
    // Not valid, yet ranked: a colon behind no digits is a character, and others sort above the letters.
    ['', '=', '0'],
    [':1', '>', 'z'],
    ['1_', '>', '1z'],
    ['1é', '>', '1_'],
  ])('%s %s %s', (a, sign, b) => {
    const order = compareDebVersions(a, b);

    expect('<=>'[order + 1]).toBe(sign);
    expect(compareDebVersions(b, a)).toBe(0 - order);
  });

  it.skipIf(TEST_DATA === null)('agrees with every line of the deb fixtures', () => {
    const pairs = orderedPairs([...dataLines('versions/debian.txt'), ...dataLines('versions/debian-generated.txt')]);

    const wrong = pairs.filter(({ a, b, order }) => compareDebVersions(a, b) !== order);

    expect(wrong).toEqual([]);
    expect(pairs.length).toBeGreaterThan(7_000);
    expect(pairs.filter(({ a, b }) => !debOrder.isValid(a) || !debOrder.isValid(b))).toEqual([]);
  });

  itKeepsTheLawsOfAnOrder(debOrder);
  itIsTheOrderOfItsKeys(debOrder);
});
