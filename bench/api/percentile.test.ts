import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentile } from './percentile.ts';

const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);

describe('percentile', () => {
  it.each([
    [[7], 0.95, 7],
    [[3, 1, 2], 0.5, 2],
    [[4, 1, 2, 3], 0.5, 2],
    [[1, 2, 3, 4], 1, 4],
    [[1, 2, 3, 4], 0, 1],
    [hundred, 0.95, 95],
    [[9, 10], 0.95, 10],
  ])('of %j at %d is %d', (values, share, expected) => {
    expect(percentile(values, share)).toBe(expected);
  });

  it('was measured, and so many are not above it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, share) => {
          const found = percentile(values, share);
          expect(values).toContain(found);
          expect(values.filter((value) => value <= found).length).toBeGreaterThanOrEqual(share * values.length);
        },
      ),
    );
  });

  it('does not sort what it was given', () => {
    const values = [10, 9, 1];
    percentile(values, 0.5);
    expect(values).toEqual([10, 9, 1]);
  });

  it('of nothing is refused', () => {
    expect(() => percentile([], 0.95)).toThrow(RangeError);
  });
});
