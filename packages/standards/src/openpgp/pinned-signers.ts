import type { Instant } from '@patchsteward/core/vocabulary';
import type { VerifyMessageResult } from 'openpgp';
import type { Certificate } from './certificates.ts';
import { STRICT } from './weak.ts';

/**
 * `no-pinned-key`: signed, but by none of the certificates given. `key-revoked`, `key-expired`: by a pinned one that no
 * longer counts. `bad-signature`: a pinned key's signature that does not fit, is dated ahead, or rests on a weak hash.
 */
export type SignerFault = 'no-pinned-key' | 'key-revoked' | 'key-expired' | 'bad-signature';

type Verification = VerifyMessageResult['signatures'][number];

/**
 * Primary fingerprints of the pinned keys whose signatures hold. Strangers' signatures beside a pinned one are normal
 * while somebody changes keys; a bad one by a pinned key is not, and refuses the whole.
 */
export async function pinnedSigners(
  signatures: readonly Verification[],
  pinned: readonly Certificate[],
  now: Instant,
): Promise<readonly string[] | SignerFault> {
  const signedBy = new Set<string>();
  let fault: SignerFault = 'no-pinned-key';
  for (const signature of signatures) {
    const signer = pinned.find(({ key }) => key.getKeys(signature.keyID).length > 0);
    if (signer === undefined) continue;
    const keyProblem = await keyFault(signer, signature, now);
    if (keyProblem === null && !(await holds(signature))) return 'bad-signature';
    if (keyProblem === null) signedBy.add(signer.fingerprint);
    else fault = keyProblem;
  }
  return signedBy.size === 0 ? fault : [...signedBy];
}

/** A key must count today, not only when it signed: a publisher that lost a key re-signs with another. */
async function keyFault(
  { key }: Certificate,
  { keyID }: Verification,
  now: Instant,
): Promise<'key-revoked' | 'key-expired' | null> {
  const today = new Date(now);
  if (await key.isRevoked(undefined, undefined, today, STRICT)) return 'key-revoked';
  for (const subkey of key.getSubkeys(keyID)) {
    if (subkey.revocationSignatures.length > 0) return 'key-revoked';
  }
  try {
    await key.verifyPrimaryKey(today, undefined, STRICT);
    await key.getSigningKey(keyID, today, undefined, STRICT);
    return null;
  } catch {
    return 'key-expired';
  }
}

async function holds({ verified }: Verification): Promise<boolean> {
  try {
    return await verified;
  } catch {
    return false;
  }
}
