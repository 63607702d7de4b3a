import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareKeys } from '../compare-keys.ts';
import type { KeyedVersionOrder, VersionOrder } from '../version-order.ts';

const RUNS = 2_000;
const KEY_RUNS = 10_000;

/** What versions are made of, and what breaks readers of versions. Few pieces, so that near misses are common. */
const pieces = [
  ...['0', '00', '1', '9', '10', '09', '18446744073709551616', '9'.repeat(70), '1'.repeat(130), '1'.repeat(300)],
  ...['a', 'b', 'ab', 'Z', 'rc', 'el', '~', '~~', '^', '+', '.', '..', '-', '_', ':', '1:', '0:'],
  ...['%', ' ', '\t', '\u0000', '\u007f', '\u0080', 'é', 'α', '字', '\ud83d', '\udc00'],
];

/** Texts of an ecosystem's own pieces and of everybody's, so that some are versions; one in ten is any text. */
function texts(own: readonly string[]) {
  const piece =
    own.length === 0
      ? fc.constantFrom(...pieces)
      : fc.oneof(
          { arbitrary: fc.constantFrom(...own), weight: 4 },
          { arbitrary: fc.constantFrom(...pieces), weight: 1 },
        );
  const version = fc.array(piece, { maxLength: 9 }).map((chosen) => chosen.join(''));
  return fc.oneof({ arbitrary: version, weight: 9 }, { arbitrary: fc.string({ unit: 'binary' }), weight: 1 });
}

/** The laws that hold for every order over every string, valid or not. */
export function itKeepsTheLawsOfAnOrder({ compare }: VersionOrder, own: readonly string[] = []): void {
  const anyText = texts(own);

  it('is reflexive', () => {
    fc.assert(
      fc.property(anyText, (a) => {
        // A copy of other origin, so that identity is no shortcut.
        const copy = a.split('').join('');

        expect(compare(a, copy)).toBe(0);
      }),
      { numRuns: RUNS },
    );
  });

  it('is antisymmetric', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        expect(compare(a, b) + compare(b, a)).toBe(0);
      }),
      { numRuns: RUNS },
    );
  });

  it('is transitive', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (a, b, c) => {
        const [low = '', middle = '', high = ''] = [a, b, c].sort(compare);

        const steps = [compare(low, middle), compare(middle, high)];

        expect(Math.max(...steps)).toBeLessThanOrEqual(0);
        expect(compare(low, high)).toBe(Math.min(...steps));
      }),
      { numRuns: RUNS },
    );
  });
}

export function itIsTheOrderOfItsKeys({ compare, key }: KeyedVersionOrder, own: readonly string[] = []): void {
  const anyText = texts(own);

  it('is the order of its keys', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        expect(compareKeys(key(a), key(b))).toBe(compare(a, b));
        expect(compareKeys(key(a), key(a.split('').join('')))).toBe(0);
      }),
      { numRuns: KEY_RUNS },
    );
  });
}
