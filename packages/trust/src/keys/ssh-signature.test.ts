import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HAS_SSH_KEYGEN, type SshFile, SshKeys } from '../testing/ssh-keygen.ts';
import { type PublicKey, parseSshPublicKey } from './public-key.ts';
import { dearmorSshSignature } from './ssh-armor.ts';
import { verifySignature } from './verify-signature.ts';

const MESSAGE = Buffer.from('what is signed');
const TYPES = [
  ['ed25519', []],
  ['ecdsa', ['-b', '256']],
  ['ecdsa', ['-b', '384']],
  ['rsa', ['-b', '2048']],
] as const;

describe.skipIf(!HAS_SSH_KEYGEN)('signatures by ssh-keygen itself (needs openssh-client)', () => {
  let keys: SshKeys;
  beforeAll(() => {
    keys = new SshKeys();
  });
  afterAll(() => keys.remove());

  const keyOf = ({ publicLine }: SshFile): PublicKey => {
    const key = parseSshPublicKey(publicLine);
    if (key === null) throw new Error(`not taken: ${publicLine}`);
    return key;
  };
  const blob = (armored: string): Uint8Array => dearmorSshSignature(armored) ?? Buffer.alloc(0);

  it.each(TYPES)('a signature by %s %j is right for its message and key, and for no other', (type, more) => {
    const file = keys.make(type, ...more);
    const signature = blob(keys.sign(file.path, MESSAGE));
    const stranger = keys.make('ed25519');

    expect(verifySignature(keyOf(file), MESSAGE, signature)).toBe(true);
    expect(verifySignature(keyOf(file), Buffer.from('what is signeD'), signature)).toBe(false);
    expect(verifySignature(keyOf(stranger), MESSAGE, signature)).toBe(false);
    for (const trailing of [Buffer.concat([signature, Buffer.of(0)]), signature.subarray(0, -1), Buffer.alloc(0)]) {
      expect(verifySignature(keyOf(file), MESSAGE, trailing)).toBe(false);
    }
  });

  it.each(TYPES)('no byte of a signature by %s %j can be another', (type, more) => {
    const file = keys.make(type, ...more);
    const signature = Buffer.from(blob(keys.sign(file.path, MESSAGE)));
    const key = keyOf(file);
    for (let at = 0; at < signature.length; at += 1) {
      const changed = Buffer.from(signature);
      changed.writeUInt8(changed.readUInt8(at) ^ 0x01, at);
      expect(verifySignature(key, MESSAGE, changed), `byte ${at}`).toBe(false);
    }
  });

  it('a signature made for something else, or with the weaker hash, does not count', () => {
    const file = keys.make('ed25519');
    for (const [namespace, ...more] of [
      ['git'],
      ['file'],
      ['patchsteward2'],
      ['patchsteward', '-O', 'hashalg=sha256'],
    ]) {
      const signature = blob(keys.sign(file.path, MESSAGE, namespace, ...more));
      expect(signature.length).toBeGreaterThan(100);
      expect(verifySignature(keyOf(file), MESSAGE, signature)).toBe(false);
    }
  });

  it('an RSA signature in SHA-1 or SHA-256 does not count, though its key is the same', () => {
    const file = keys.make('rsa', '-b', '2048');
    const signature = Buffer.from(blob(keys.sign(file.path, MESSAGE)));
    for (const name of ['rsa-sha2-256', 'rsa-sha1-512']) {
      const renamed = Buffer.from(signature.toString('latin1').replace('rsa-sha2-512', name), 'latin1');
      expect(verifySignature(keyOf(file), MESSAGE, renamed)).toBe(false);
    }
  });
});
