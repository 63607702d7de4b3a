import type { Passkey, PasskeyOffer } from '@patchsteward/contract';
import { fromBase64, fromBase64Url, toBase64 } from '../platform/base64.ts';
import { call } from '../platform/client.ts';
import { assertionOver, SigningStopped, stoppedBy } from '../platform/signing.ts';

/** Long enough to choose a device and to unlock it. */
const CEREMONY_MS_MAX = 120_000;
/** ES256, Ed25519, RS256: what hosts can verify. // RFC 9053 §2, RFC 8812 §2 */
const ALGORITHMS = [-7, -8, -257] as const;

/** Makes a passkey in a device of the person, and lets it sign once, so that the server knows who has it. // WebAuthn §7.1 */
export async function createPasskey(label: string): Promise<Passkey> {
  const offer = await call('passkey.offer', {});
  const made = await madeBy(offer);
  const { payloadType, payload } = offer.proof;
  const { sig } = await assertionOver(payloadType, fromBase64(payload), { site: offer.site, usable: [made] });
  return call('passkey.create', { body: { label, ...made, payload, sig } });
}

async function madeBy({ site, user, exclude }: PasskeyOffer) {
  const credential = await navigator.credentials
    .create({
      publicKey: {
        // Nothing is attested, so that nobody checks this: the key shows itself by signing the proof.
        challenge: crypto.getRandomValues(new Uint8Array(32)),
        rp: { id: site, name: 'Patchsteward' },
        user: { ...user, id: fromBase64Url(user.id) },
        pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
        excludeCredentials: exclude.map((id) => ({ type: 'public-key', id: fromBase64Url(id) })),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
        attestation: 'none',
        timeout: CEREMONY_MS_MAX,
      },
    })
    .catch((error: unknown) => {
      throw stoppedBy(error, site);
    });
  const response = credential instanceof PublicKeyCredential ? credential.response : null;
  if (!(credential instanceof PublicKeyCredential) || !(response instanceof AuthenticatorAttestationResponse)) {
    throw new SigningStopped('canceled', site);
  }
  const publicKey = response.getPublicKey();
  if (publicKey === null) throw new SigningStopped('unsupported', site);
  return { credentialId: credential.id, publicKey: toBase64(publicKey) };
}
