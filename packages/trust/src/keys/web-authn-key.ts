import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { fromBase64 } from '../strict/base64.ts';
import { openEcdsa, openEd25519, openRsa } from './open-key.ts';

/** A host name with letters in its last label: browsers give passkeys out for names, never for addresses. // WebAuthn §5.1.3 */
export const SITE_FORM =
  /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*(?=[a-z0-9-]*[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

interface OpenPasskey {
  readonly key: KeyObject;
  readonly algorithm: 'es256' | 'ed25519' | 'rs256';
  /** The number or point itself, in the spelling that SSH keys have: one secret under two names is seen to be one. */
  readonly material: string;
}

/** What every authenticator takes; far smaller ones have been the way in before. // FIPS 186-5 §5.1 */
const RSA_EXPONENT_MIN = 65_537n;

/** A key that authenticators make, in its one DER spelling; null where it is none that we take. // RFC 5280 §4.1.2.7 */
export function openPasskey(text: string): OpenPasskey | null {
  const der = fromBase64(text);
  const numbers = der === null ? null : numbersIn(der);
  if (der === null || numbers === null) return null;
  const passkey = known(numbers);
  return passkey?.key.export({ type: 'spki', format: 'der' }).equals(der) === true ? passkey : null;
}

function known({ kty, crv, x = '', y = '', n = '', e = '' }: JsonWebKey): OpenPasskey | null {
  const [one, other] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
  if (kty === 'OKP' && crv === 'Ed25519') return as('ed25519', openEd25519(one), one);
  if (kty === 'EC' && crv === 'P-256') {
    const point = Buffer.concat([Buffer.of(0x04), one, other]);
    return as('es256', openEcdsa('P-256', point), point);
  }
  if (kty !== 'RSA') return null;
  const modulus = Buffer.from(n, 'base64url');
  return as('rs256', openRsa(Buffer.from(e, 'base64url'), modulus, RSA_EXPONENT_MIN), modulus);
}

function as(algorithm: OpenPasskey['algorithm'], key: KeyObject | null, material: Buffer): OpenPasskey | null {
  return key === null ? null : { key, algorithm, material: material.toString('hex') };
}

function numbersIn(der: Buffer): JsonWebKey | null {
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    // RSA for PSS alone has numbers of the same names; no authenticator makes it.
    return key.asymmetricKeyType === 'rsa-pss' ? null : key.export({ format: 'jwk' });
  } catch (error) {
    // Whatever the library dislikes about it: it is no key.
    if (error instanceof Error) return null;
    throw error;
  }
}
