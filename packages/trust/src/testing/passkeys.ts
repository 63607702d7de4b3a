import { generateKeyPairSync, hash, type KeyObject, sign } from 'node:crypto';
import { canonicalJson } from '../canonical-json.ts';
import type { PublicKey } from '../keys/index.ts';

export const SITE = 'patch.example.org';

export interface TestPasskey {
  readonly secret: KeyObject;
  readonly key: PublicKey & { readonly kind: 'webauthn' };
}

type PasskeyAlgorithm = 'es256' | 'ed25519' | 'rs256';

/** What an authenticator keeps. */
export function makePasskey(algorithm: PasskeyAlgorithm = 'es256', site = SITE): TestPasskey {
  const { privateKey, publicKey } = pairOf(algorithm);
  return { secret: privateKey, key: { kind: 'webauthn', public: spki(publicKey), site } };
}

export function spki(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'der' }).toString('base64');
}

function pairOf(algorithm: PasskeyAlgorithm) {
  if (algorithm === 'ed25519') return generateKeyPairSync('ed25519');
  if (algorithm === 'rs256') return generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

/** What browser and authenticator say beside the signature; each can be made to lie. */
export interface Ceremony {
  readonly clientData: object;
  readonly clientDataText: string | null;
  /** The hash that the authenticator keeps its keys under. */
  readonly site: string;
  readonly flags: number;
  readonly behind: Uint8Array;
}

/** Somebody there, and known to the authenticator. // WebAuthn §6.1 */
const PRESENT_AND_VERIFIED = 0x05;

/** An answer as a browser and an authenticator give it, in the form in which it stands in an envelope. // WebAuthn §6.3.3 */
export function assertion({ secret, key }: TestPasskey, message: Uint8Array, given: Partial<Ceremony> = {}): Buffer {
  const said = { type: 'webauthn.get', challenge: hash('sha256', message, 'base64url'), origin: `https://${key.site}` };
  const text = given.clientDataText ?? JSON.stringify({ ...said, crossOrigin: false, ...given.clientData });
  const clientDataJSON = Buffer.from(text, 'utf8');
  const authenticatorData = Buffer.concat([
    hash('sha256', given.site ?? key.site, 'buffer'),
    Buffer.of(given.flags ?? PRESENT_AND_VERIFIED, 0, 0, 0, 7),
    given.behind ?? Buffer.alloc(0),
  ]);
  const seen = Buffer.concat([authenticatorData, hash('sha256', clientDataJSON, 'buffer')]);
  const signature = sign(secret.asymmetricKeyType === 'ed25519' ? null : 'sha256', seen, secret);
  return wireOf({ authenticatorData, clientDataJSON, signature });
}

interface AssertionParts {
  readonly authenticatorData: Buffer;
  readonly clientDataJSON: Buffer;
  readonly signature: Buffer;
}

export function wireOf(parts: AssertionParts): Buffer {
  const texts = Object.entries(parts).map(([name, bytes]: [string, Buffer]) => [name, bytes.toString('base64')]);
  return Buffer.from(canonicalJson(Object.fromEntries(texts)), 'utf8');
}

export function partsOf(wire: Buffer): AssertionParts {
  // What `wireOf` wrote.
  const texts = JSON.parse(wire.toString('utf8')) as Record<keyof AssertionParts, string>;
  const part = (name: keyof AssertionParts) => Buffer.from(texts[name], 'base64');
  return {
    authenticatorData: part('authenticatorData'),
    clientDataJSON: part('clientDataJSON'),
    signature: part('signature'),
  };
}
