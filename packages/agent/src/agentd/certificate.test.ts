import { expect, test } from 'vitest';
import { assertUsable, fingerprintOf, lifeOf, renewalDue } from './certificate.ts';
import { makeKeyPem, publicKeyPemOf } from './key.ts';
import { makeTestCa } from './testing/test-ca.ts';

const LIFE = { from: Date.UTC(2026, 10, 1), until: Date.UTC(2026, 10, 8) };
const ca = await makeTestCa();
const key = makeKeyPem();
const certificate = await ca.issue(publicKeyPemOf(key), LIFE);

test('a certificate says how long it lives, and is renewed after two thirds of it', () => {
  const life = lifeOf(certificate);

  expect(life).toEqual({ validFrom: LIFE.from, validUntil: LIFE.until });
  expect(new Date(renewalDue(life)).toISOString()).toBe('2026-11-05T16:00:00.000Z');
});

test('the fingerprint is that of the DER', () => {
  expect(fingerprintOf(ca.caPem)).toBe(ca.fingerprint);
});

test('a certificate for our key by our CA is usable', () => {
  expect(() => assertUsable(certificate, key, ca.caPem)).not.toThrow();
});

test('one for another key is not', () => {
  expect(() => assertUsable(certificate, makeKeyPem(), ca.caPem)).toThrow(/another key/);
});

test('one by another CA is not', async () => {
  const other = await makeTestCa();

  expect(() => assertUsable(certificate, key, other.caPem)).toThrow(/did not sign/);
});

test('what is no certificate is not', () => {
  expect(() => fingerprintOf('hello')).toThrow(expect.objectContaining({ code: 'certificate-unusable' }));
});
