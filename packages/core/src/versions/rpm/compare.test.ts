import { describe, expect, it } from 'vitest';
import { dataLines, orderedPairs, TEST_DATA } from '../testing/fixtures.ts';
import { itIsTheOrderOfItsKeys, itKeepsTheLawsOfAnOrder } from '../testing/laws.ts';
import { compareRpmVersions } from './compare.ts';
import { rpmOrder } from './index.ts';

describe('compareRpmVersions', () => {
  it.each([
    // Tilde, end, caret, letters, digits.
    ['1.0~rc1', '<', '1.0'],
    ['1.0~~', '<', '1.0~'],
    ['1.0', '<', '1.0^'],
    ['1.0^git1', '<', '1.0a'],
    ['1.0^git1', '<', '1.0.1'],
    ['1.0a', '<', '1.0.1'],
    ['1.a', '<', '1.0'],
    ['1.0^git1~pre', '<', '1.0^git1'],
    ['1.0^', '<', '1.0^1'],
    // Letters as ASCII text, a prefix first.
    ['1a', '<', '1ab'],
    ['1B', '<', '1a'],
    ['1ab', '<', '1b'],
    // Numbers by value, of any length.
    ['1.9', '<', '1.10'],
    ['1.0001', '=', '1.1'],
    ['1.18446744073709551615', '<', '1.18446744073709551616'],
    // Separators only separate.
    ['1.0', '=', '1_0'],
    ['1..0', '=', '1.0.'],
    ['1a1', '=', '1.a.1'],
    ['1.é', '=', '1.字'],
    ['1.0', '>', '1'],
    // Epoch first; a missing one is 0. What is not a number is no epoch.
    ['9-1', '<', '1:0-1'],
    ['0:1-1', '=', '1-1'],
    ['013:1', '=', '13:1'],
    ['a:1', '<', 'a:2'],
    // A missing release comes before every release, even before one that a tilde starts.
    ['1', '<', '1-0'],
    ['1', '<', '1-~1'],
    ['1-1.el9_4', '<', '1-1.el9_5'],
    ['1-1.el9', '<', '1-1.el9_4'],
    ['1-9.el8', '<', '1-10.el8'],
    ['1-1', '<', '1.1-1'],
    // Not valid, yet ranked.
    ['', '=', '_'],
    ['', '<', '-'],
  ])('%s %s %s', (a, sign, b) => {
    const order = compareRpmVersions(a, b);

    expect('<=>'[order + 1]).toBe(sign);
    expect(compareRpmVersions(b, a)).toBe(0 - order);
  });

  it.skipIf(TEST_DATA === null)('agrees with every line of the rpm fixtures', () => {
    const pairs = orderedPairs(dataLines('versions/redhat.txt'));

    const wrong = pairs.filter(({ a, b, order }) => compareRpmVersions(a, b) !== order);

    expect(wrong).toEqual([]);
    expect(pairs.length).toBeGreaterThanOrEqual(80);
    expect(pairs.filter(({ a, b }) => !rpmOrder.isValid(a) || !rpmOrder.isValid(b))).toEqual([]);
  });

  itKeepsTheLawsOfAnOrder(rpmOrder);
  itIsTheOrderOfItsKeys(rpmOrder);
});
