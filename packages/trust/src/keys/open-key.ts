import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';

const ED25519_BYTES = 32;
/** Below 2,048 bits a modulus can be factored; above 16,384 OpenSSH makes none. */
const RSA_BITS_MIN = 2_048;
const RSA_BITS_MAX = 16_384;

export type Curve = 'P-256' | 'P-384';
/** Of one coordinate. // SEC 1 §2.3.3 */
export const COORDINATE_BYTES: Readonly<Record<Curve, number>> = { 'P-256': 32, 'P-384': 48 };
const UNCOMPRESSED = 0x04;

export function openEd25519(raw: Uint8Array): KeyObject | null {
  if (raw.length !== ED25519_BYTES) return null;
  return open({ kty: 'OKP', crv: 'Ed25519', x: base64url(raw) });
}

/** A point in uncompressed form; that it lies on its curve is checked by the library. // SEC 1 §2.3.4 */
export function openEcdsa(curve: Curve, point: Uint8Array): KeyObject | null {
  const bytes = COORDINATE_BYTES[curve];
  if (point.length !== 1 + 2 * bytes || point[0] !== UNCOMPRESSED) return null;
  return open({
    kty: 'EC',
    crv: curve,
    x: base64url(point.subarray(1, 1 + bytes)),
    y: base64url(point.subarray(1 + bytes)),
  });
}

export function openRsa(exponent: Uint8Array, modulus: Uint8Array): KeyObject | null {
  const key = open({ kty: 'RSA', e: base64url(exponent), n: base64url(modulus) });
  const bits = key?.asymmetricKeyDetails?.modulusLength ?? 0;
  return bits >= RSA_BITS_MIN && bits <= RSA_BITS_MAX ? key : null;
}

function open(key: JsonWebKey): KeyObject | null {
  try {
    return createPublicKey({ key, format: 'jwk' });
  } catch (error) {
    // Whatever the library dislikes about it: it is no key.
    if (error instanceof Error) return null;
    throw error;
  }
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
}
