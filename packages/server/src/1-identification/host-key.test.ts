import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { canonicalJson, sha256 } from '@patchsteward/trust';
import { describe, expect, test } from 'vitest';
import { type HostKey, provesEnrollment, readHostKey } from './host-key.ts';

const SECRET = 'c2VjcmV0';

function pem(key: KeyObject): string {
  return key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' }).toString();
}

function keyOf(publicKeyPem: string): HostKey {
  const key = readHostKey(publicKeyPem);
  if (key === undefined) throw new Error('no key');
  return key;
}

function proofOf(
  privateKey: KeyObject,
  publicKeyPem: string,
  secret = SECRET,
  purpose = 'patchsteward-enroll',
): string {
  const text = canonicalJson({ purpose, publicKeyPem, tokenSecretSha256: sha256(secret) });
  const digest = privateKey.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  return sign(digest, Buffer.from(text), privateKey).toString('base64url');
}

describe.each([
  ['Ed25519', () => generateKeyPairSync('ed25519')],
  ['P-256', () => generateKeyPairSync('ec', { namedCurve: 'P-256' })],
])('a key of kind %s', (_, makeKeys) => {
  const { publicKey, privateKey } = makeKeys();
  const publicKeyPem = pem(publicKey);

  test('is known by the hash of its SubjectPublicKeyInfo, however its PEM is wrapped', () => {
    const der = publicKey.export({ type: 'spki', format: 'der' });
    const expected = `sha256:${createHash('sha256').update(der).digest('hex')}`;

    expect(keyOf(publicKeyPem).fingerprint).toBe(expected);
    expect(keyOf(publicKeyPem.replaceAll('\n', '\r\n')).fingerprint).toBe(expected);
  });

  test('proves that its owner means this token', () => {
    const proof = proofOf(privateKey, publicKeyPem);

    expect(provesEnrollment(keyOf(publicKeyPem), { publicKeyPem, tokenSecret: SECRET, proof })).toBe(true);
  });

  test.each([
    ['another token', () => proofOf(privateKey, publicKeyPem, 'YW5vdGhlcg')],
    ['another purpose', () => proofOf(privateKey, publicKeyPem, SECRET, 'patchsteward-renew')],
    ['another key', () => proofOf(makeKeys().privateKey, publicKeyPem)],
    ['a PEM that is not the one sent', () => proofOf(privateKey, `${publicKeyPem}\n`)],
    ['no signature', () => 'AAAA'],
  ])('a proof over %s proves nothing', (__, makeProof) => {
    const request = { publicKeyPem, tokenSecret: SECRET, proof: makeProof() };

    expect(provesEnrollment(keyOf(publicKeyPem), request)).toBe(false);
  });
});

test.each([
  ['a private key', pem(generateKeyPairSync('ed25519').privateKey)],
  ['an RSA key', pem(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey)],
  ['a key on another curve', pem(generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey)],
  ['a key for exchange, not for signatures', pem(generateKeyPairSync('x25519').publicKey)],
  ['half a key', pem(generateKeyPairSync('ed25519').publicKey).slice(0, 60)],
  ['no key', 'hello'],
])('%s is not taken', (_, text) => {
  expect(readHostKey(text)).toBeUndefined();
});
