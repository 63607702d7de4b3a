import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { canonicalJson, sha256 } from '@patchsteward/trust';

/** The identity of a host: its public key, whatever name or address it has today. */
export interface HostKey {
  readonly publicKey: KeyObject;
  /** SHA-256 of the SubjectPublicKeyInfo. */
  readonly fingerprint: string;
}

/** Undefined where it is no public key of a kind that we take: Ed25519, or ECDSA on P-256. */
export function readHostKey(publicKeyPem: string): HostKey | undefined {
  // A private key would be read as the public key in it; a host that sends one has lost it.
  if (!publicKeyPem.trimStart().startsWith('-----BEGIN PUBLIC KEY-----')) return undefined;
  const publicKey = parse(publicKeyPem);
  if (publicKey === undefined || !isTaken(publicKey)) return undefined;
  return { publicKey, fingerprint: fingerprintOf(publicKey) };
}

export function fingerprintOf(publicKey: KeyObject): string {
  return sha256(publicKey.export({ type: 'spki', format: 'der' }));
}

function parse(pem: string): KeyObject | undefined {
  try {
    return createPublicKey(pem);
  } catch (error) {
    // Whatever the parser dislikes: it is no key.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function isTaken(key: KeyObject): boolean {
  if (key.asymmetricKeyType === 'ed25519') return true;
  return key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
}

/**
 * The host holds the private key and means this token: the signature is over both. Without it somebody who read a token
 * could bind a key that is not theirs.
 */
export function provesEnrollment(
  key: HostKey,
  request: { readonly publicKeyPem: string; readonly tokenSecret: string; readonly proof: string },
): boolean {
  const text = canonicalJson({
    purpose: 'patchsteward-enroll',
    publicKeyPem: request.publicKeyPem,
    tokenSecretSha256: sha256(request.tokenSecret),
  });
  const digest = key.publicKey.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  return verify(digest, Buffer.from(text, 'utf8'), key.publicKey, Buffer.from(request.proof, 'base64url'));
}
