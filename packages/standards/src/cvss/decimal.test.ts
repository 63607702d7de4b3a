import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as exact from './decimal.ts';

describe('exact decimals', () => {
  it.each([
    ['a product', exact.times(exact.decimal('9.0'), exact.decimal('0.95')), 8.55],
    ['a sum', exact.plus(exact.decimal('0.1'), exact.decimal('0.25')), 0.35],
    ['a difference', exact.minus(exact.decimal('1'), exact.decimal('0.915')), 0.085],
    ['a power', exact.power(exact.decimal('0.5'), 3), 0.125],
    ['the least', exact.least(exact.decimal('10'), exact.decimal('9.99')), 9.99],
    ['the most', exact.most(exact.decimal('0'), exact.minus(exact.decimal('1'), exact.decimal('1.5'))), 0],
    ['the product of nothing', exact.times(), 1],
    ['half up', exact.rounded(exact.decimal('8.55'), 1), 8.6],
    ['less than half down', exact.rounded(exact.decimal('8.5499999'), 1), 8.5],
    ['what has no more places as it is', exact.rounded(exact.decimal('8.5'), 5), 8.5],
    ['the smallest rest up', exact.roundedUp(exact.decimal('4.00000000000001')), 4.1],
    ['no rest', exact.roundedUp(exact.decimal('4.0000')), 4],
    ['a whole number', exact.roundedUp(exact.decimal('4')), 4],
  ] satisfies [string, exact.Decimal, number][])('gives %s', (_, value, expected) => {
    expect(exact.toNumber(value)).toBe(expected);
  });

  it.each([
    ['0.001', true],
    ['0', false],
  ])('%s is positive: %s', (text, expected) => {
    expect(exact.isPositive(exact.decimal(text))).toBe(expected);
  });

  it('rounds to within a tenth, never down where up is asked', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: 0, max: 11 }), (units, places) => {
        const value = { units, places };
        const tenth = exact.decimal('0.1');

        const above = exact.minus(exact.roundedUp(value), value);
        expect(above.units).toBeGreaterThanOrEqual(0n);
        expect(exact.isPositive(exact.minus(tenth, above))).toBe(true);
        const off = exact.minus(exact.rounded(value, 1), value);
        expect(exact.minus(exact.decimal('0.05'), off).units).toBeGreaterThanOrEqual(0n);
        expect(exact.isPositive(exact.plus(exact.decimal('0.05'), off))).toBe(true);
      }),
    );
  });
});
