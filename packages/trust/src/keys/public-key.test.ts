import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../hash.ts';
import { decodeValue } from '../strict/document.ts';
import { keyIdOf, materialOf, parseSshPublicKey, publicKey } from './public-key.ts';
import { sshString } from './ssh-wire.ts';

const RAW = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
const FILE_KEY = { kind: 'ed25519', public: RAW.toString('base64') } as const;

function line(type: string, ...parts: readonly (string | Uint8Array)[]): string {
  return `${type} ${Buffer.concat([type, ...parts].map((part) => sshString(part))).toString('base64')}`;
}

it('the id of a key is the hash of its canonical JSON', () => {
  expect(keyIdOf(FILE_KEY)).toBe(sha256(`{"kind":"ed25519","public":"${FILE_KEY.public}"}`));
});

it('one secret as a file and as an SSH key is seen to be one', () => {
  const ssh = parseSshPublicKey(line('ssh-ed25519', RAW));
  expect(ssh).not.toBeNull();
  expect(ssh === null ? '' : materialOf(ssh)).toBe(materialOf(FILE_KEY));
});

describe('an SSH key is taken without its comment', () => {
  it.each([
    ['', ''],
    [' ', 'ivy@desk with words'],
  ])('%j %j', (between, comment) => {
    const text = line('ssh-ed25519', RAW);
    expect(parseSshPublicKey(`${text}${between}${comment}\n`)).toEqual({ kind: 'ssh', public: text });
  });
});

const SMALL_RSA = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' });
const OFF_CURVE = Buffer.concat([Buffer.of(4), Buffer.alloc(32, 1), Buffer.alloc(32, 2)]);
const bytes = (text: string | undefined) => Buffer.concat([Buffer.of(0), Buffer.from(text ?? '', 'base64url')]);

describe('what is no key that we take', () => {
  it.each([
    ['nothing', ''],
    ['a type alone', 'ssh-ed25519'],
    ['an Ed25519 key of 31 bytes', line('ssh-ed25519', RAW.subarray(1))],
    ['an Ed25519 key of 33 bytes', line('ssh-ed25519', Buffer.concat([RAW, Buffer.of(0)]))],
    ['bytes behind the key', line('ssh-ed25519', RAW, 'more')],
    ['another type outside than inside', line('ssh-ed25519', RAW).replace('ssh-ed25519 ', 'ssh-rsa ')],
    ['DSA', line('ssh-dss', Buffer.of(1), Buffer.of(1), Buffer.of(1), Buffer.of(1))],
    ['a certificate', line('ssh-ed25519-cert-v01@openssh.com', RAW)],
    ['RSA of 1,024 bits', line('ssh-rsa', Buffer.of(1, 0, 1), bytes(SMALL_RSA.n))],
    ['RSA with idle zeros', line('ssh-rsa', Buffer.of(0, 1, 0, 1), bytes(SMALL_RSA.n))],
    ['a point off its curve', line('ecdsa-sha2-nistp256', 'nistp256', OFF_CURVE)],
    ['a point of another curve', line('ecdsa-sha2-nistp256', 'nistp384', OFF_CURVE)],
    ['a compressed point', line('ecdsa-sha2-nistp256', 'nistp256', Buffer.concat([Buffer.of(2), Buffer.alloc(32, 1)]))],
    ['options of authorized_keys before it', `no-pty ${line('ssh-ed25519', RAW)}`],
  ])('%s', (_, text) => {
    expect(parseSshPublicKey(text)).toBeNull();
    expect(decodeValue({ kind: 'ssh', public: text }, publicKey).ok).toBe(false);
  });

  it.each([
    ['an unknown kind', { kind: 'x509', public: FILE_KEY.public }],
    ['a short key', { kind: 'ed25519', public: RAW.subarray(1).toString('base64') }],
    ['base64 without padding', { kind: 'ed25519', public: FILE_KEY.public.replaceAll('=', '') }],
    ['base64 with idle bits', { kind: 'ed25519', public: FILE_KEY.public.replace(/.=$/, '9=') }],
    ['a comment in a root', { kind: 'ssh', public: `${line('ssh-ed25519', RAW)} ivy` }],
    ['a field more', { ...FILE_KEY, private: 'oops' }],
    ['a passkey without its site', { kind: 'webauthn', public: FILE_KEY.public }],
  ])('%s', (_, value) => {
    expect(decodeValue(value, publicKey).ok).toBe(false);
  });
});
