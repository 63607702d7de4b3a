import { renewAnswerOf } from './answers.ts';
import { assertUsable, lifeOf, renewalDue } from './certificate.ts';
import { publicKeyPemOf } from './key.ts';
import { ServerClient } from './server-client.ts';
import type { Identity, StateDirectory } from './state.ts';

export function isRenewalDue(identity: Identity, now: number): boolean {
  return now >= renewalDue(lifeOf(identity.certificatePem));
}

/** Gets a new certificate for the same key, over the old one; the server takes an expired one for this alone. */
export async function renew(
  identity: Identity,
  keyPem: string,
  state: StateDirectory,
  signal: AbortSignal | undefined,
): Promise<Identity> {
  const { server, caPem, certificatePem } = identity;
  const client = new ServerClient(server, { kind: 'mutual', caPem, certificatePem, keyPem }, signal);
  try {
    const body = Buffer.from(JSON.stringify({ publicKeyPem: publicKeyPemOf(keyPem) }));
    const answer = renewAnswerOf(await client.ask({ method: 'POST', path: '/agent/v1/renew', body }));
    assertUsable(answer.certificatePem, keyPem, answer.caPem);
    const renewed: Identity = { ...identity, certificatePem: answer.certificatePem, caPem: answer.caPem };
    await state.saveIdentity(renewed);
    return renewed;
  } finally {
    client.close();
  }
}
