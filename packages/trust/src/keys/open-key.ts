import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';

const ED25519_BYTES = 32;
/** Below 2,048 bits a modulus can be factored; above 16,384 OpenSSH makes none. */
const RSA_BITS_MIN = 2_048;
const RSA_BITS_MAX = 16_384;
/** Under 1 every text signs itself. */
const RSA_EXPONENT_MIN = 3n;
/** The field of Curve25519. // RFC 8032 §5.1 */
const FIELD = (1n << 255n) - 19n;
/** The second coordinate of a point of order 8. */
const ORDER_8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;

export type Curve = 'P-256' | 'P-384';
/** Of one coordinate. // SEC 1 §2.3.3 */
export const COORDINATE_BYTES: Readonly<Record<Curve, number>> = { 'P-256': 32, 'P-384': 48 };
const UNCOMPRESSED = 0x04;

export function openEd25519(raw: Uint8Array): KeyObject | null {
  if (raw.length !== ED25519_BYTES || isOfSmallOrder(raw)) return null;
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

export function openRsa(exponent: Uint8Array, modulus: Uint8Array, exponentMin = RSA_EXPONENT_MIN): KeyObject | null {
  const key = open({ kty: 'RSA', e: base64url(exponent), n: base64url(modulus) });
  const { modulusLength: bits = 0, publicExponent = 0n } = key?.asymmetricKeyDetails ?? {};
  const usable = publicExponent >= exponentMin && publicExponent % 2n === 1n;
  return usable && bits >= RSA_BITS_MIN && bits <= RSA_BITS_MAX ? key : null;
}

/**
 * Points whose multiples go round in eight steps or fewer, told by their second coordinate: by the equation alone, every
 * eighth message has a signature under such a "key" that nobody needs a secret for. Libraries differ in what they make of
 * them; here they are no keys. // RFC 8032 §5.1.7
 */
function isOfSmallOrder(raw: Uint8Array): boolean {
  const reversed = Buffer.from(raw).reverse();
  const second = (BigInt(`0x${reversed.toString('hex')}`) & ((1n << 255n) - 1n)) % FIELD;
  return [0n, 1n, FIELD - 1n, ORDER_8, FIELD - ORDER_8].includes(second);
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
