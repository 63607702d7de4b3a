import { expect, test } from 'vitest';
import { isHash, sha256 } from './hash.ts';

// FIPS 180-4 test values.
test.each([
  ['', 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
])('the hash of %j', (text, expected) => {
  expect(sha256(text)).toBe(expected);
  expect(sha256(new TextEncoder().encode(text))).toBe(expected);
});

test('a text is hashed as its UTF-8 bytes', () => {
  expect(sha256('é€😀')).toBe(sha256(Buffer.from('c3a9e282acf09f9880', 'hex')));
});

test('a text without a UTF-8 form is refused', () => {
  expect(() => sha256('half \ud83d')).toThrow(TypeError);
});

test.each([
  ['sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', true],
  ['sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855', false],
  ['e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', false],
  ['sha256:e3b0c4', false],
  ['sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n', false],
  [undefined, false],
  [42, false],
])('isHash(%j) is %s', (value, expected) => {
  expect(isHash(value)).toBe(expected);
});
