import type { Hash } from '@patchsteward/core/vocabulary';
import { canonicalJson } from '../canonical-json.ts';
import { sha256 } from '../hash.ts';
import { fromBase64 } from '../strict/base64.ts';
import { checked, type Decoder, type Read, record, variant } from '../strict/decoder.ts';
import { form, oneOf } from '../strict/scalars.ts';
import { openEd25519 } from './open-key.ts';
import { openSshKey } from './ssh-key.ts';
import { openPasskey, SITE_FORM } from './web-authn-key.ts';

const BASE64_FORM = /^[A-Za-z0-9+/]{1,4096}={0,2}$/;

/** The 32 bytes of RFC 8032, in base64: a key that `patchsteward key new` made. */
const ed25519Key = checked(
  record({ kind: oneOf(['ed25519']), public: form(BASE64_FORM) }),
  ({ public: text }) => openEd25519(fromBase64(text) ?? Buffer.alloc(0)) !== null,
);

/** A line of an SSH public key without its comment: a key that people have already. */
const sshKey = checked(
  record({ kind: oneOf(['ssh']), public: form(/^[\x20-\x7e]{1,4200}$/) }),
  ({ public: line }) => openSshKey(line) !== null,
);

/** A passkey: SubjectPublicKeyInfo in base64, and the host name that it is bound to. // decided 28 */
const passkey = checked(
  record({ kind: oneOf(['webauthn']), public: form(BASE64_FORM), site: form(SITE_FORM) }),
  ({ public: text }) => openPasskey(text) !== null,
);

export const publicKey = variant('kind', {
  ed25519: ed25519Key,
  ssh: sshKey,
  webauthn: passkey,
}) satisfies Decoder<unknown>;
export type PublicKey = Read<typeof publicKey>;

/** The name of a key in envelopes. A hint where to look, never a proof: what counts is that the key verifies. // DSSE */
export function keyIdOf(key: PublicKey): Hash {
  return sha256(canonicalJson(key));
}

/** The secret behind it: the same Ed25519 key as a file and as an SSH key is one key, and must not count as two. */
export function materialOf(key: PublicKey): string {
  switch (key.kind) {
    case 'ed25519':
      return Buffer.from(key.public, 'base64').toString('hex');
    case 'ssh':
      return openSshKey(key.public)?.material ?? key.public;
    case 'webauthn':
      return openPasskey(key.public)?.material ?? key.public;
  }
}

/** The key in a `.pub` file, its comment dropped; null where it is none that we take. */
export function parseSshPublicKey(line: string): PublicKey | null {
  const [type = '', blob = ''] = line.trim().split(' ', 2);
  const text = `${type} ${blob}`;
  return openSshKey(text) === null ? null : { kind: 'ssh', public: text };
}
