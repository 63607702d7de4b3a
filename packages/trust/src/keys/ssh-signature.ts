import { hash, verify } from 'node:crypto';
import { COORDINATE_BYTES, type Curve } from './open-key.ts';
import type { SshKey } from './ssh-key.ts';
import { readSsh, type SshReader, sshString } from './ssh-wire.ts';

/** A signature made for a login, a commit or a file of somebody else never counts here. // PROTOCOL.sshsig §2 */
export const SSH_NAMESPACE = 'patchsteward';

const MAGIC = 'SSHSIG';
const VERSION = 1;
/** What `ssh-keygen -Y sign` uses unless told otherwise; the other, sha256, is not offered to forgers. */
const HASH_ALGORITHM = 'sha512';
/** Somebody touched the token. // OpenSSH PROTOCOL.u2f, WebAuthn §6.1 */
const USER_PRESENT = 0x01;
const ED25519_SIGNATURE_BYTES = 64;

interface TokenFacts {
  readonly flags: number;
  readonly counter: Buffer;
}

/** Whether these bytes are an SSH signature of the message by this key, for us. // PROTOCOL.sshsig */
export function verifySshSignature(key: SshKey, message: Uint8Array, signature: Uint8Array): boolean {
  const inner = readSsh(signature, (reader) => innerOf(reader, key));
  if (inner == null) return false;
  const parts = readSsh(inner, (reader) => signatureOf(reader, key));
  if (parts == null) return false;
  const signed = signedBytes(message);
  return parts.token === null
    ? fits(key, signed, parts.raw)
    : (parts.token.flags & USER_PRESENT) !== 0 && fits(key, tokenBytes(key, parts.token, signed), parts.raw);
}

/** // PROTOCOL.sshsig §3.1. The key inside must be the key we expect: a signature brings no key of its own. */
function innerOf(reader: SshReader, key: SshKey): Buffer | null {
  const magic = reader.take(MAGIC.length).toString('latin1');
  const version = reader.uint32();
  const publicKey = reader.string();
  const namespace = reader.ascii();
  const reserved = reader.string();
  const hashAlgorithm = reader.ascii();
  const inner = reader.string();
  const ours = magic === MAGIC && version === VERSION && namespace === SSH_NAMESPACE;
  const plain = reserved.length === 0 && hashAlgorithm === HASH_ALGORITHM;
  return ours && plain && publicKey.equals(key.blob) ? inner : null;
}

/** // RFC 4253 §6.6, RFC 5656 §3.1.2, RFC 8332 §3, OpenSSH PROTOCOL.u2f */
function signatureOf(reader: SshReader, { algorithm }: SshKey): { raw: Buffer; token: TokenFacts | null } | null {
  if (reader.ascii() !== algorithm.name) return null;
  const bytes = reader.string();
  const token = algorithm.application === null ? null : { flags: reader.take(1).readUInt8(), counter: reader.take(4) };
  if (algorithm.scheme === 'ecdsa') {
    const raw = readSsh(bytes, (numbers) => coordinatesOf(numbers, algorithm.curve));
    return raw == null ? null : { raw, token };
  }
  if (algorithm.scheme === 'ed25519' && bytes.length !== ED25519_SIGNATURE_BYTES) return null;
  return { raw: bytes, token };
}

function coordinatesOf(reader: SshReader, curve: Curve): Buffer | null {
  const bytes = COORDINATE_BYTES[curve];
  const numbers = [reader.positive(), reader.positive()];
  if (numbers.some((number) => number.length > bytes)) return null;
  return Buffer.concat(numbers.map((number) => Buffer.concat([Buffer.alloc(bytes - number.length), number])));
}

/** // PROTOCOL.sshsig §2: what the key really signs. */
function signedBytes(message: Uint8Array): Buffer {
  return Buffer.concat([
    Buffer.from(MAGIC, 'latin1'),
    sshString(SSH_NAMESPACE),
    sshString(''),
    sshString(HASH_ALGORITHM),
    sshString(hash(HASH_ALGORITHM, message, 'buffer')),
  ]);
}

/** // OpenSSH PROTOCOL.u2f: a token signs what it saw beside the message. */
function tokenBytes({ algorithm }: SshKey, { flags, counter }: TokenFacts, signed: Buffer): Buffer {
  const application = hash('sha256', algorithm.application ?? '', 'buffer');
  return Buffer.concat([application, Buffer.of(flags), counter, hash('sha256', signed, 'buffer')]);
}

function fits({ algorithm, key }: SshKey, signed: Buffer, raw: Buffer): boolean {
  switch (algorithm.scheme) {
    case 'ed25519':
      return verify(null, signed, key, raw);
    case 'ecdsa': {
      const digest = algorithm.curve === 'P-256' ? 'sha256' : 'sha384';
      return verify(digest, signed, { key, dsaEncoding: 'ieee-p1363' }, raw);
    }
    case 'rsa':
      return verify('sha512', signed, key, raw);
  }
}
