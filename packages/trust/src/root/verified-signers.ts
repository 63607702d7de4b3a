import type { Hash } from '@patchsteward/core/vocabulary';
import { type Envelope, payloadOf, preAuthenticationEncoding } from '../dsse/index.ts';
import { signatureFault } from '../keys/index.ts';
import { accepted, type Outcome, refused } from '../refusal.ts';
import { type KeyHolder, keyHolders } from './key-holder.ts';
import type { TrustRoot } from './root-codec.ts';

export type VerifiedSigner = KeyHolder & { readonly keyId: Hash };

/**
 * Everybody of this root whose signature is right. A key that the root does not know counts for nothing, for its holder
 * may have left; a wrong signature under a known key is a forgery or damage, and the whole envelope is refused.
 */
export function verifiedSigners(envelope: Envelope, root: TrustRoot): Outcome<readonly VerifiedSigner[]> {
  if (envelope.signatures.length === 0) return refused('signature-missing', 'nobody has signed it');
  const holders = keyHolders(root);
  const message = preAuthenticationEncoding(envelope.payloadType, payloadOf(envelope));
  const signers: VerifiedSigner[] = [];
  for (const { keyid, sig } of envelope.signatures) {
    const holder = holders.get(keyid);
    if (holder === undefined) continue;
    const fault = signatureFault(holder.key, message, Buffer.from(sig, 'base64'));
    if (fault !== null) return refused('signature-wrong', fault === 'signature-wrong' ? keyid : `${keyid} (${fault})`);
    signers.push({ ...holder, keyId: keyid });
  }
  if (signers.length === 0) return refused('signer-unknown', 'no key of the trust root has signed it');
  return accepted(signers);
}
