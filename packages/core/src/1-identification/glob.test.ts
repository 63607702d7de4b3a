import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { globMatches } from './glob.ts';

/** The same language as a regular expression: slow on some patterns, and obviously right. */
function reference(pattern: string, name: string): boolean {
  const source = Array.from(pattern.toLowerCase(), (sign) => {
    if (sign === '*') return '.*';
    return sign === '?' ? '.' : sign.replaceAll(/[\\^$.|+()[\]{}]/g, '\\$&');
  });
  return new RegExp(`^${source.join('')}$`, 'su').test(name.toLowerCase());
}

describe('globMatches', () => {
  test.each([
    ['web-*', 'web-1', true],
    ['web-*', 'web-1.example.org', true],
    ['web-*', 'web-', true],
    ['web-*', 'a-web-1', false],
    ['WEB-?', 'web-1', true],
    ['web-?', 'web-12', false],
    ['web-?', 'web-', false],
    ['*.example.org', 'db.example.org', true],
    ['*.example.org', 'example.org', false],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['?', '', false],
    ['db.1', 'dbx1', false],
    ['*-prod-*-db?', 'eu-prod-shop-prod-x-db1', true],
    ['**a**', 'bab', true],
    ['?', '\u{1F600}', true],
    ['[ab]', 'a', false],
  ])('%j and %j: %j', (pattern, name, expected) => {
    expect(globMatches(pattern, name)).toBe(expected);
  });

  it('says what a regular expression says', () => {
    const letters = (max: number, signs: string[]) =>
      fc.array(fc.constantFrom(...signs), { maxLength: max }).map((all) => all.join(''));
    fc.assert(
      fc.property(
        letters(8, ['a', 'B', '.', '-', '*', '?', '[']),
        letters(12, ['a', 'b', '.', '-', '[']),
        (one, two) => {
          expect(globMatches(one, two)).toBe(reference(one, two));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('is done at once with a pattern that would keep a regular expression busy for years', () => {
    expect(globMatches(`${'*a'.repeat(120)}b`, 'a'.repeat(255))).toBe(false);
  });
});
