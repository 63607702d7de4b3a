import { sign } from 'node:crypto';
import { type EnvelopeSignature, preAuthenticationEncoding } from '@patchsteward/trust/dsse';
import { keyIdOf, type PublicKey, parseSshPublicKey } from '@patchsteward/trust/keys';
import type { Context } from '../platform/context.ts';
import { EXIT } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import { readInput } from '../platform/read-input.ts';
import { type KeyFile, openSecret, readKeyFile } from './key-file.ts';
import { askPassphrase, type PassphraseOptions } from './passphrase.ts';
import { signWithAgent } from './ssh-sign.ts';

const FILE_BYTES_MAX = 64 * 1024;

/** Somebody's key, ready to sign: the passphrase was asked for once. */
export interface Signer {
  readonly key: PublicKey;
  readonly sign: (message: Uint8Array) => Promise<string>;
}

/** What `--key` names: a file of `patchsteward key new`, or a public SSH key whose secret half an ssh-agent holds. */
export async function openSigner(path: string, options: PassphraseOptions, context: Context): Promise<Signer> {
  const named = await readNamedKey(path);
  if (named.kind === 'ssh') {
    return { key: named.key, sign: (message) => signWithAgent(path, message, context.environment) };
  }
  if (named.file.secret.kind === 'elsewhere') {
    throw new Failure(`${path} is the public half of a key`, 'name the file that "patchsteward key new" made', {
      exitCode: EXIT.usage,
    });
  }
  const passphrase = named.file.secret.kind === 'plain' ? null : await askPassphrase(path, options, context);
  const secret = await openSecret(named.file, passphrase);
  if (secret === null) throw new Failure(`${path} cannot be unlocked`, 'check the passphrase');
  return { key: named.file.public, sign: async (message) => sign(null, message, secret).toString('base64') };
}

/** One signature for an envelope: over payload and payload type, never over the payload alone. // DSSE 1.0.2 */
export async function signWith(signer: Signer, payloadType: string, payload: Uint8Array): Promise<EnvelopeSignature> {
  const sig = await signer.sign(preAuthenticationEncoding(payloadType, payload));
  return { keyid: keyIdOf(signer.key), sig };
}

/** The public half of what a person named: for a root, for `key show`. */
export async function readPublicKey(path: string): Promise<PublicKey> {
  const named = await readNamedKey(path);
  return named.kind === 'ssh' ? named.key : named.file.public;
}

type NamedKey = { readonly kind: 'ssh'; readonly key: PublicKey } | { readonly kind: 'file'; readonly file: KeyFile };

async function readNamedKey(path: string): Promise<NamedKey> {
  const bytes = await readInput(path, FILE_BYTES_MAX);
  const file = readKeyFile(bytes);
  if (file !== null) return { kind: 'file', file };
  const text = Buffer.from(bytes).toString('utf8');
  const key = parseSshPublicKey(text);
  if (key !== null) return { kind: 'ssh', key };
  const secret = text.includes('PRIVATE KEY');
  throw new Failure(
    secret ? `${path} is a private SSH key` : `${path} is no key that can be used here`,
    secret
      ? `load it with "ssh-add ${path}" and name ${path}.pub`
      : 'name a file of "patchsteward key new", its public half, or an SSH public key: Ed25519, ECDSA P-256 or P-384, RSA, or a security key',
    { exitCode: EXIT.usage },
  );
}
