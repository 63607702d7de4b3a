import { describe, expect, it } from 'vitest';
import { compareRows, number, orderByRows, type Row, withoutTrailingZeros, word } from './row.ts';

describe('compareRows', () => {
  const pad = word(1);
  it.each([
    ['nothing and nothing', [], [], 0],
    ['by rank first', [word(0, 'z')], [word(2, 'a')], -1],
    ['words by their text', [word(0, 'a')], [word(0, 'b')], -1],
    ['a word before a longer one', [word(0, 'a')], [word(0, 'aa')], -1],
    ['numbers by value', [number(2, '9')], [number(2, '10')], -1],
    ['numbers without leading zeros', [number(2, '007')], [number(2, '7')], 0],
    ['a shorter row as if the pad followed', [], [word(1)], 0],
    ['below the pad', [word(0)], [], -1],
    ['above the pad', [], [word(2)], -1],
    ['the first unlike part decides', [word(0, 'a'), word(9)], [word(0, 'b')], -1],
  ] satisfies [string, Row, Row, number][])('%s', (_, a, b, order) => {
    expect(compareRows(a, b, pad)).toBe(order);
    expect(compareRows(b, a, pad)).toBe(0 - order);
  });
});

describe('withoutTrailingZeros', () => {
  it.each([
    [['0', '0'], []],
    [
      ['1', '0', '2', '00'],
      ['1', '0', '2'],
    ],
    [['1'], ['1']],
  ])('of %j', (digits, left) => {
    const row = (texts: readonly string[]) => texts.map((text) => number(0, text));

    expect(withoutTrailingZeros(row(digits))).toEqual(row(left));
  });
});

describe('orderByRows', () => {
  const order = orderByRows({
    read: (version) => (/^[0-9]+$/.test(version) ? [number(1, version)] : 'shape'),
    pad: word(0),
  });

  it.each([
    ['what cannot be read before what can', 'z', '0', -1],
    ['what cannot be read by its text', 'a', 'b', -1],
    ['nothing before all', '', 'a', -1],
    ['equal ones', '01', '1', 0],
  ])('puts %s', (_, a, b, expected) => {
    expect(order.compare(a, b)).toBe(expected);
  });

  it.each([
    ['7', null],
    ['', 'empty'],
    ['x', 'shape'],
    ['1'.repeat(1_001), 'too-long'],
  ])('says what is wrong with %s', (version, fault) => {
    expect(order.faultOf(version)).toBe(fault);
    expect(order.isValid(version)).toBe(fault === null);
  });
});
