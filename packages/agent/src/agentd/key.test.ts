import { verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeKeyPem, publicKeyPemOf, signText } from './key.ts';

test('what a key signs, its public half verifies', () => {
  const key = makeKeyPem();

  const signature = Buffer.from(signText(key, 'Grüße'), 'base64url');

  expect(verify(null, Buffer.from('Grüße', 'utf8'), publicKeyPemOf(key), signature)).toBe(true);
  expect(verify(null, Buffer.from('Gruesse', 'utf8'), publicKeyPemOf(key), signature)).toBe(false);
});

test('every host has its own key', () => {
  expect(makeKeyPem()).not.toBe(makeKeyPem());
});

test('the public half tells nothing of the private one', () => {
  expect(publicKeyPemOf(makeKeyPem())).toMatch(
    /^-----BEGIN PUBLIC KEY-----\n[A-Za-z0-9+/=]{60}\n-----END PUBLIC KEY-----\n$/,
  );
});
