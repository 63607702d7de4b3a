import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';

/**
 * A host's key is Ed25519: small, fast to make on a machine without much entropy or power, deterministic to sign with,
 * and accepted for client certificates by TLS 1.3. // RFC 8032, RFC 8446 §4.2.3
 */
export function makeKeyPem(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

export function publicKeyPemOf(privateKeyPem: string): string {
  return createPublicKey(createPrivateKey(privateKeyPem)).export({ type: 'spki', format: 'pem' }).toString();
}

/** base64url signature over the UTF-8 bytes of a text. */
export function signText(privateKeyPem: string, text: string): string {
  return sign(null, Buffer.from(text, 'utf8'), createPrivateKey(privateKeyPem)).toString('base64url');
}
