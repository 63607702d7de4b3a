import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  scrypt,
} from 'node:crypto';
import { promisify } from 'node:util';
import { canonicalJson } from '@patchsteward/trust';
import { type PublicKey, publicKey } from '@patchsteward/trust/keys';
import {
  decodeLoose,
  form,
  fromBase64,
  oneOf,
  type Read,
  record,
  toBase64,
  variant,
  whole,
} from '@patchsteward/trust/strict';

const KEY_FILE_BYTES_MAX = 16 * 1024;
const SEED_BYTES = 32;
/** // RFC 8410 §7: what stands before the seed in a PKCS #8 Ed25519 key. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const RAW_KEY_BYTES = 32;

/** Half a second and 128 MiB for each guess of a passphrase. // RFC 7914 §2, OWASP: scrypt N=2^17, r=8, p=1 */
const COST = 2 ** 17;
const BLOCK_SIZE = 8;
const COST_MAX = 2 ** 20;
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const AES_KEY_BYTES = 32;
/** What scrypt needs is 128 · N · r bytes; Node asks for room beyond. */
const MEMORY_FACTOR = 256;

const base64 = form(/^[A-Za-z0-9+/]{1,256}={0,2}$/);
const keyFile = record({
  type: oneOf(['patchsteward-key']),
  version: whole(1, 1),
  public: publicKey,
  secret: variant('kind', {
    // The half that is given to others: it opens nothing.
    elsewhere: record({ kind: oneOf(['elsewhere']) }),
    plain: record({ kind: oneOf(['plain']), seed: base64 }),
    locked: record({
      kind: oneOf(['locked']),
      cost: whole(2, COST_MAX),
      salt: base64,
      nonce: base64,
      sealed: base64,
      tag: base64,
    }),
  }),
});
export type KeyFile = Read<typeof keyFile>;

/** A new Ed25519 key, locked by a passphrase; null leaves it open, for machines that have nobody to ask. */
export async function makeKeyFile(passphrase: string | null): Promise<KeyFile> {
  const made = generateKeyPairSync('ed25519');
  const seed = made.privateKey.export({ type: 'pkcs8', format: 'der' }).subarray(-SEED_BYTES);
  const raw = made.publicKey.export({ type: 'spki', format: 'der' }).subarray(-RAW_KEY_BYTES);
  const key: PublicKey = { kind: 'ed25519', public: toBase64(raw) };
  const secret =
    passphrase === null ? { kind: 'plain' as const, seed: toBase64(seed) } : await lock(seed, key, passphrase);
  return { type: 'patchsteward-key', version: 1, public: key, secret };
}

/** What others may have of a key, in one line that can be mailed: enough for a trust root, and nothing to sign with. */
export function publicLineOf(key: PublicKey): string {
  return canonicalJson({ type: 'patchsteward-key', version: 1, public: key, secret: { kind: 'elsewhere' } });
}

/** Null: these bytes are no key file. */
export function readKeyFile(bytes: Uint8Array): KeyFile | null {
  const read = decodeLoose(bytes, keyFile, KEY_FILE_BYTES_MAX);
  return read.ok ? read.value : null;
}

/** Null: the passphrase is wrong, the file was changed, or the secret is elsewhere. */
export async function openSecret(
  { public: key, secret }: KeyFile,
  passphrase: string | null,
): Promise<KeyObject | null> {
  if (secret.kind === 'elsewhere') return null;
  const seed = secret.kind === 'plain' ? bytesOf(secret.seed) : await unlock(secret, key, passphrase ?? '');
  if (seed === null || seed.length !== SEED_BYTES) return null;
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), type: 'pkcs8', format: 'der' });
}

type Locked = Extract<KeyFile['secret'], { readonly kind: 'locked' }>;

async function lock(seed: Uint8Array, key: PublicKey, passphrase: string): Promise<Locked> {
  const [salt, nonce] = [randomBytes(SALT_BYTES), randomBytes(NONCE_BYTES)];
  const cipher = createCipheriv('aes-256-gcm', await derive(passphrase, salt, COST), nonce);
  cipher.setAAD(boundTo(key));
  const sealed = Buffer.concat([cipher.update(seed), cipher.final()]);
  const texts = {
    salt: toBase64(salt),
    nonce: toBase64(nonce),
    sealed: toBase64(sealed),
    tag: toBase64(cipher.getAuthTag()),
  };
  return { kind: 'locked', cost: COST, ...texts };
}

async function unlock(locked: Locked, key: PublicKey, passphrase: string): Promise<Buffer | null> {
  const [nonce, tag] = [bytesOf(locked.nonce), bytesOf(locked.tag)];
  if (nonce.length !== NONCE_BYTES || tag.length !== TAG_BYTES || !isPowerOfTwo(locked.cost)) return null;
  const decipher = createDecipheriv('aes-256-gcm', await derive(passphrase, bytesOf(locked.salt), locked.cost), nonce);
  decipher.setAAD(boundTo(key));
  decipher.setAuthTag(tag);
  const opened = decipher.update(bytesOf(locked.sealed));
  try {
    return Buffer.concat([opened, decipher.final()]);
  } catch (error) {
    // The one thing that `final` can find: the tag does not fit. // NIST SP 800-38D §7.2
    if (error instanceof Error) return null;
    throw error;
  }
}

/** The public half is sealed in: nobody can put another one before a locked secret. */
function boundTo(key: PublicKey): Buffer {
  return Buffer.from(canonicalJson(key), 'utf8');
}

async function derive(passphrase: string, salt: Uint8Array, cost: number): Promise<Buffer> {
  const options = { N: cost, r: BLOCK_SIZE, p: 1, maxmem: MEMORY_FACTOR * cost * BLOCK_SIZE };
  const work: (secret: string, salt: Uint8Array, bytes: number, options: object) => Promise<Buffer> = promisify(scrypt);
  // One text for one passphrase, whichever keyboard typed it. // RFC 8265 §4.1: NFC
  return work(passphrase.normalize('NFC'), salt, AES_KEY_BYTES, options);
}

function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(Math.log2(value));
}

function bytesOf(text: string): Buffer {
  return fromBase64(text) ?? Buffer.alloc(0);
}
