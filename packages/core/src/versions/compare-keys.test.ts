import { describe, expect, it } from 'vitest';
import { compareKeys } from './compare-keys.ts';

describe('compareKeys', () => {
  it.each([
    [[], [], 0],
    [[], [0], -1],
    [[1, 2], [1, 2], 0],
    [[1, 2], [1, 2, 0], -1],
    [[1, 3], [1, 2, 9], 1],
    [[0x7f], [0x80], -1],
    [[0xff], [0x00, 0xff], 1],
  ])('%j against %j is %i', (a, b, order) => {
    expect(compareKeys(Uint8Array.from(a), Uint8Array.from(b))).toBe(order);
    expect(compareKeys(Uint8Array.from(b), Uint8Array.from(a))).toBe(0 - order);
  });
});
