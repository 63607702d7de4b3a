import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../machine/command.ts';
import type { Place } from '../place.ts';

/** Who signs: the vendor that the hosts trust, or somebody whom they do not know. */
export type Signer = 'acme' | 'stranger';

export async function makeSigningKeys(place: Place): Promise<void> {
  for (const signer of ['acme', 'stranger'] as const) {
    await mkdir(homeOf(place, signer), { recursive: true, mode: 0o700 });
    const identity = `${signer} <packages@${signer}.test>`;
    await gpg(place, signer, ['--passphrase', '', '--quick-generate-key', identity, 'ed25519', 'sign', 'never']);
    await gpg(place, signer, ['--armor', '--output', publicKeyFile(place, signer), '--export']);
  }
}

/** The public half, as `signed-by` of a source wants it. */
export function publicKeyFile(place: Place, signer: Signer): string {
  return join(homeOf(place, signer), 'public.asc');
}

/** Writes the file with an inline signature. */
export async function clearSign(place: Place, signer: Signer, from: string, to: string): Promise<void> {
  await rm(to, { force: true });
  await gpg(place, signer, ['--clearsign', '--output', to, from]);
}

async function gpg(place: Place, signer: Signer, argv: readonly string[]): Promise<void> {
  await run(place.work, ['gpg', '--homedir', homeOf(place, signer), '--batch', '--quiet', ...argv]);
}

function homeOf(place: Place, signer: Signer): string {
  return place.path('keys', signer);
}
