import { generateKeyPairSync, hash, type KeyObject, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type PublicKey, parseSshPublicKey } from './public-key.ts';
import { sshString } from './ssh-wire.ts';
import { verifySignature } from './verify-signature.ts';

const MESSAGE = Buffer.from('what is signed');
const TOUCHED = 0x01;
const APPLICATION = 'ssh:';

interface Token {
  readonly type: string;
  readonly blob: Buffer;
  readonly secret: KeyObject;
}

/** What a token does, in software: OpenSSH's own tools make such keys only with one plugged in. // PROTOCOL.u2f */
function ed25519Token(): Token {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  const type = 'sk-ssh-ed25519@openssh.com';
  return { type, blob: Buffer.concat([sshString(type), sshString(raw), sshString(APPLICATION)]), secret: privateKey };
}

function ecdsaToken(): Token {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const point = publicKey.export({ type: 'spki', format: 'der' }).subarray(-65);
  const type = 'sk-ecdsa-sha2-nistp256@openssh.com';
  const parts = [type, 'nistp256', point, APPLICATION].map((part) => sshString(part));
  return { type, blob: Buffer.concat(parts), secret: privateKey };
}

function keyOf({ type, blob }: Token): PublicKey | null {
  return parseSshPublicKey(`${type} ${blob.toString('base64')} token@desk`);
}

function signedWith({ type, blob, secret }: Token, flags: number, application = APPLICATION): Buffer {
  const message = sshString(hash('sha512', MESSAGE, 'buffer'));
  const [namespace, reserved, algorithm] = ['patchsteward', '', 'sha512'].map((part) => sshString(part));
  const head = [namespace, reserved, algorithm].filter((part) => part !== undefined);
  const signed = Buffer.concat([Buffer.from('SSHSIG'), ...head, message]);
  const facts = Buffer.of(flags, 0, 0, 0, 42);
  const seen = Buffer.concat([hash('sha256', application, 'buffer'), facts, hash('sha256', signed, 'buffer')]);
  const inner = Buffer.concat([sshString(type), sshString(rawSignature(secret, seen)), facts]);
  return Buffer.concat([Buffer.from('SSHSIG'), Buffer.of(0, 0, 0, 1), sshString(blob), ...head, sshString(inner)]);
}

function rawSignature(secret: KeyObject, seen: Buffer): Buffer {
  if (secret.asymmetricKeyType === 'ed25519') return sign(null, seen, secret);
  const raw = sign('sha256', seen, { key: secret, dsaEncoding: 'ieee-p1363' });
  return Buffer.concat([raw.subarray(0, 32), raw.subarray(32)].map((number) => sshString(positive(number))));
}

/** // RFC 4251 §5: the shortest form of a positive number. */
function positive(number: Buffer): Buffer {
  const start = number.findIndex((byte) => byte !== 0);
  const short = number.subarray(start);
  return (short[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), short]) : short;
}

describe.each([
  ['Ed25519', ed25519Token],
  ['ECDSA', ecdsaToken],
])('a token of %s', (_, make) => {
  const token = make();
  const key = keyOf(token);
  const verified = (signature: Buffer) => key !== null && verifySignature(key, MESSAGE, signature);

  it('signs when it is touched', () => {
    expect(key).not.toBeNull();
    expect(verified(signedWith(token, TOUCHED))).toBe(true);
    expect(verified(signedWith(token, TOUCHED | 0x04))).toBe(true);
  });

  it('counts for nothing untouched, for another application, or with other facts', () => {
    expect(verified(signedWith(token, 0))).toBe(false);
    expect(verified(signedWith(token, TOUCHED, 'webauthn'))).toBe(false);
    const signature = signedWith(token, TOUCHED);
    const counted = Buffer.from(signature);
    counted.writeUInt8(43, counted.length - 1);
    expect(verified(counted)).toBe(false);
    expect(verified(signedWith(make(), TOUCHED))).toBe(false);
  });
});
