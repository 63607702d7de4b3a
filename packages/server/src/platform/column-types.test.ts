import { describe, expect, it } from 'vitest';
import { columnTypes, instantOf, integerOf } from './column-types.ts';

describe('an instant from PostgreSQL', () => {
  it.each([
    ['2026-11-22 15:40:00+00', Date.UTC(2026, 10, 22, 15, 40)],
    ['2026-11-22 15:40:00.123+00', Date.UTC(2026, 10, 22, 15, 40, 0, 123)],
    ['2026-11-22 15:40:00.123999+00', Date.UTC(2026, 10, 22, 15, 40, 0, 123)],
    ['2026-11-22 21:10:00+05:30', Date.UTC(2026, 10, 22, 15, 40)],
    ['1969-12-31 23:59:59+00', -1_000],
    ['infinity', Number.POSITIVE_INFINITY],
    ['-infinity', Number.NEGATIVE_INFINITY],
  ])('%s', (text, expected) => {
    expect(instantOf(text)).toBe(expected);
  });

  it.each(['0044-03-15 12:00:00+00 BC', '22/11/2026 15:40:00 UTC', ''])('%j is refused', (text) => {
    expect(() => instantOf(text)).toThrow(RangeError);
  });
});

describe('an integer from PostgreSQL', () => {
  it('is exact or refused', () => {
    expect(integerOf('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => integerOf('9007199254740993')).toThrow(RangeError);
  });
});

/** `_text`; the declaration of the driver lists the types of elements alone. */
const TEXT_ARRAY = 1009 as Parameters<typeof columnTypes.getTypeParser>[0];

describe('a list of texts from PostgreSQL', () => {
  it.each<[string, readonly (string | null)[]]>([
    ['{}', []],
    ['{debian:12}', ['debian:12']],
    ['{openssl,libssl3,nullptr}', ['openssl', 'libssl3', 'nullptr']],
    ['{"a b","c,d","",e}', ['a b', 'c,d', '', 'e']],
    ['{"say \\"no\\"","C:\\\\"}', ['say "no"', 'C:\\']],
    ['{NULL,"NULL",ANNULLED}', [null, 'NULL', 'ANNULLED']],
    ['{"{}","}"}', ['{}', '}']],
    ['[0:1]={a,b}', ['a', 'b']],
  ])('%s', (text, expected) => {
    expect(columnTypes.getTypeParser(TEXT_ARRAY, 'text')(text)).toEqual(expected);
  });
});
