import { describe, expect, it } from 'vitest';
import { compareDigitRuns, digitRunEnd, skipZeros } from './digit-run.ts';

function compare(a: string, b: string): number {
  return Math.sign(compareDigitRuns(a, 0, a.length, b, 0, b.length));
}

describe('compareDigitRuns', () => {
  it.each([
    ['', '', 0],
    ['', '0', 0],
    ['', '000', 0],
    ['', '1', -1],
    ['007', '7', 0],
    ['9', '10', -1],
    ['20101121', '20101122', -1],
    ['9007199254740993', '9007199254740992', 1],
    ['18446744073709551616', '18446744073709551615', 1],
    ['9'.repeat(255), '1'.repeat(256), -1],
    [`${'0'.repeat(300)}2`, '1', 1],
  ])('orders %s and %s', (a, b, order) => {
    expect(compare(a, b)).toBe(order);
    expect(compare(b, a)).toBe(0 - order);
  });

  it('looks at nothing outside the spans', () => {
    expect(compareDigitRuns('91009', 1, 4, '8100', 1, 4)).toBe(0);
  });
});

describe('digitRunEnd and skipZeros', () => {
  it.each([
    ['', 0, 0, 0, 0],
    ['12a', 0, 3, 2, 0],
    ['a12', 0, 3, 0, 0],
    ['0012', 0, 4, 4, 2],
    ['0012', 0, 1, 1, 1],
    ['x00', 1, 3, 3, 3],
  ])('in %j from %i to %i', (text, start, end, runEnd, firstDigit) => {
    expect(digitRunEnd(text, start, end)).toBe(runEnd);
    expect(skipZeros(text, start, end)).toBe(firstDigit);
  });
});
