import { describe, expect, it } from 'vitest';
import { filled, placeholdersOf, seen } from './words.ts';

const known = new Map([
  ['server', 'patch.example.org'],
  ['root-hash', 'sha256:8ad1'],
]);

describe('what the reader fills in', () => {
  it.each([
    ['enroll --server <server>:8421 --root <root-hash>', 'enroll --server patch.example.org:8421 --root sha256:8ad1'],
    ['cat > file <<END', 'cat > file <<END'],
    ['nothing', 'nothing'],
  ])('%s', (text, typed) => {
    expect(filled(text, known)).toBe(typed);
  });

  it('is refused while it is not known', () => {
    expect(() => filled('--token <token>', known)).toThrow('<token> was neither brought nor seen before');
  });

  it('is found by its name', () => {
    expect(placeholdersOf('<server> << END <root-hash> <A> <2>')).toEqual(['server', 'root-hash']);
  });
});

describe('what is seen', () => {
  const output = 'made:\n  token    ps1.abc  (until 9)\nhash     sha256:8ad1\nold sha256:0000\n';

  it.each([
    ['made:', {}],
    ['token <token> (until …)', { token: 'ps1.abc' }],
    ['token  <token>', { token: 'ps1.abc' }],
    ['hash <root-hash>', {}],
    ['<first> <second> (until 9)', { first: 'token', second: 'ps1.abc' }],
  ])('%s', (expected, news) => {
    expect(Object.fromEntries(seen(output, expected, known) ?? [['nothing', '']])).toEqual(news);
  });

  it.each([
    ['something else', 'deployed'],
    ['another value than before', 'old <root-hash>'],
    ['words of two lines', 'made: token'],
    ['what would be a pattern', 'm.de:'],
    ['a word that is not the same twice', '<one> <one> (until 9)'],
  ])('is not there: %s', (_, expected) => {
    expect(seen(output, expected, known)).toBeNull();
  });
});
