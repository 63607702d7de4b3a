import { describe, expect, it } from 'vitest';
import { clause, counted, distinct, listed } from './words.ts';

describe('words', () => {
  it.each([
    [0, '0 packages'],
    [1, '1 package'],
    [2_354, '2,354 packages'],
  ])('count %i', (count, expected) => {
    expect(counted(count, 'package')).toBe(expected);
  });

  it.each([
    [[], ''],
    [['a', 'b'], 'a, b'],
    ['a b c d e f g h'.split(' '), 'a, b, c, d, e, f and 2 more'],
    [['a\u001b[2J'], 'a\ufffd[2J'],
  ])('list %j', (names, expected) => {
    expect(listed(names)).toBe(expected);
  });

  it('make a sentence a clause, and each name one', () => {
    expect([clause('It is so.'), clause('It is so')]).toEqual(['It is so', 'It is so']);
    expect(distinct(['b', 'a', 'b'])).toEqual(['b', 'a']);
  });
});
