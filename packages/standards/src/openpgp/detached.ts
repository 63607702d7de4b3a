import { type Instant, MINUTE_MS } from '@patchsteward/core/vocabulary';
import { createMessage, readSignature, type Signature, verify } from 'openpgp';
import type { Certificate } from './certificates.ts';
import { pinnedSigners, type SignerFault } from './pinned-signers.ts';
import { STRICT } from './weak.ts';

export type DetachedFault = SignerFault | 'not-a-signature';

export type Detached =
  | { readonly ok: true; readonly signedBy: readonly string[] }
  | { readonly ok: false; readonly fault: DetachedFault };

/** Clocks of publishers and servers differ by seconds. */
const AHEAD_MS_MAX = MINUTE_MS;
/** Publishers sign with one key, or two while they change it. */
const SIGNATURES_MAX = 16;
/** Of one signature with a long key, armored, a few kilobytes. */
const SIGNATURE_CHARACTERS_MAX = 64 * 1024;

/** Verifies bytes by the signature beside them (`.asc`) and by certificates that somebody pinned. // RFC 9580 §10.4 */
export async function verifyDetached(
  bytes: Uint8Array,
  armored: string,
  pinned: readonly Certificate[],
  now: Instant,
): Promise<Detached> {
  const signature = await signatureOf(armored);
  if (signature === null) return { ok: false, fault: 'not-a-signature' };
  const { signatures } = await verify({
    message: await createMessage({ binary: bytes }),
    signature,
    verificationKeys: pinned.map(({ key }) => key),
    date: new Date(now + AHEAD_MS_MAX),
    config: STRICT,
  });
  const signers = await pinnedSigners(signatures, pinned, now);
  return typeof signers === 'string' ? { ok: false, fault: signers } : { ok: true, signedBy: signers };
}

async function signatureOf(armored: string): Promise<Signature | null> {
  if (armored.length > SIGNATURE_CHARACTERS_MAX) return null;
  try {
    const signature = await readSignature({ armoredSignature: armored, config: STRICT });
    const count = signature.getSigningKeyIDs().length;
    return count === 0 || count > SIGNATURES_MAX ? null : signature;
  } catch {
    // The reader has many words for "this is no signature"; to us they are one.
    return null;
  }
}
