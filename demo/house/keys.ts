import { sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Envelope, payloadOf, preAuthenticationEncoding, withSignature } from '@patchsteward/trust/dsse';
import { keyIdOf } from '@patchsteward/trust/keys';
import { makeKeyFile, openSecret, readKeyFile } from '../../packages/cli/src/trust/key-file.ts';
import { type Signer, signWith } from '../../packages/cli/src/trust/signer.ts';
import type { Place } from './place.ts';

/** A key as `patchsteward key new --no-passphrase` makes it, in the data directory: a person may take it up from there. */
export async function makeKey(place: Place, owner: string): Promise<Signer> {
  await place.keep(`keys/${owner}.key`, await makeKeyFile(null));
  return openKey(place, owner);
}

export async function openKey(place: Place, owner: string): Promise<Signer> {
  const file = readKeyFile(await readFile(place.path('keys', `${owner}.key`)));
  const secret = file === null ? null : await openSecret(file, null);
  if (file === null || secret === null) throw new TypeError(`the key of ${owner} in ${place.path('keys')} is broken`);
  return { key: file.public, sign: (message) => Promise.resolve(sign(null, message, secret).toString('base64')) };
}

export async function signedBy(envelope: Envelope, ...signers: readonly Signer[]): Promise<Envelope> {
  let signed = envelope;
  for (const signer of signers) {
    signed = withSignature(signed, await signWith(signer, envelope.payloadType, payloadOf(envelope)));
  }
  return signed;
}

export async function signatureOf(signer: Signer, envelope: Envelope): Promise<{ keyid: string; sig: string }> {
  const message = preAuthenticationEncoding(envelope.payloadType, payloadOf(envelope));
  return { keyid: keyIdOf(signer.key), sig: await signer.sign(message) };
}

export type { Signer };
