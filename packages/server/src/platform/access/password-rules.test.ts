import { PASSWORD_CHARACTERS_MIN } from '@patchsteward/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { weaknessOf } from './password-rules.ts';

const context = ['ada', 'Ada Lovelace'];

describe('a password is taken', () => {
  it.each([
    'otter carries seven lamps',
    'correct horse battery staple',
    'vK3)p-9xQ2_mZ7!aB',
    'ünïcödé is fine too',
    'this password is about otters',
    '🦦🐎🔋📎🌊🪔 lamps ahoy',
  ])('%s', (password) => {
    expect(weaknessOf(password, context)).toBeUndefined();
  });

  it('where its characters are random', () => {
    const random = fc.string({
      unit: fc.constantFrom(...'bdfghjkmpqvwxz23579'.split('')),
      minLength: 20,
      maxLength: 40,
    });

    fc.assert(
      fc.property(random, (password) => {
        fc.pre(new Set(password).size > 8);
        expect(weaknessOf(password, context)).toBeUndefined();
      }),
    );
  });
});

describe('a password is refused', () => {
  it.each([
    ['short', 'five minus one', `has 14 characters; ${PASSWORD_CHARACTERS_MIN} are needed`],
    ['short in characters, long in bytes', '🦦🦦🦦🦦🦦', 'has 5 characters'],
    ['one character', 'aaaaaaaaaaaaaaaaaaaa', 'repeats too few'],
    ['a repeated word', 'horsehorsehorsehorse', 'common words'],
    ['a common word again and again', 'PasswordPasswordPassword', 'common words'],
    ['common words', 'Welcome-Admin-Password-1', 'common words'],
    ['a row of keys', 'qwertyuiopasdfghjkl', 'common words'],
    ['the digits', '12345678901234567890', 'common words'],
    ['the alphabet', 'abcdefghijklmnopqrstuvwxyz', 'common words'],
    ['the alphabet backward', 'zyxwvutsrqponmlkjihgfedcba', 'common words'],
    ['the name of the product', 'Patchsteward-2026', 'common words'],
    ['login and name', 'ada-lovelace-ada-lovelace', 'common words'],
  ])('that is %s', (_case, password, expected) => {
    expect(weaknessOf(password, context)).toContain(expected);
  });

  it('whatever stands around a common word, if that is all there is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('!', '.', '-', '7'), maxLength: 4 }), (around) => {
        expect(weaknessOf(`${around}administrator${around}password${around}`, context)).toBeDefined();
      }),
    );
  });
});
