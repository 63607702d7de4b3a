import { createHash } from 'node:crypto';
import type { Instant } from '@patchsteward/core/vocabulary';
import { type ListedDocument, parseHashFile } from '@patchsteward/feeds';
import { type Certificate, type DetachedFault, verifyDetached } from '@patchsteward/standards/openpgp';
import { Refusal } from '../platform/http/refusal.ts';
import { messageOf } from '../platform/system-error.ts';
import { type Asking, ifThere } from './origin-bytes.ts';

/** Red Hat's largest VEX has 30 MiB. */
export const DOCUMENT_BYTES_MAX = 64 * 1024 * 1024;
const BESIDE_BYTES_MAX = 64 * 1024;

/** By what the bytes of an advisory were checked before they were read, and the keys that signed them. */
export type SourceCheck =
  | { readonly checkedBy: 'signature'; readonly signedBy: readonly string[] }
  | { readonly checkedBy: 'hash' | 'nothing'; readonly signedBy: null };

export interface VerifiedDocument {
  readonly bytes: Buffer;
  readonly check: SourceCheck;
}

/** The bytes of a document whose hash and signature hold; or a text that says why it was not read. */
export async function verifiedDocument(
  ask: Asking,
  listed: ListedDocument,
  source: DocumentTrust,
  now: Instant,
): Promise<VerifiedDocument | string> {
  try {
    const bytes = await ask(listed.url, DOCUMENT_BYTES_MAX);
    const check = await checkOf(ask, listed, bytes, source, now);
    return typeof check === 'string' ? check : { bytes, check };
  } catch (error) {
    if (error instanceof Refusal) return messageOf(error);
    throw error;
  }
}

/** What is demanded of the documents of a provider. */
export interface DocumentTrust {
  /** It promises that a hash stands beside each. */
  readonly isTrusted: boolean;
  /** The pinned ones: with any of them each must be signed by one. */
  readonly keys: readonly Certificate[];
}

/** How a document is checked by what stands beside it; a text: it does not hold. */
async function checkOf(
  ask: Asking,
  listed: ListedDocument,
  bytes: Buffer,
  { isTrusted, keys }: DocumentTrust,
  now: Instant,
): Promise<SourceCheck | string> {
  const hash = await hashCheck(ask, listed, bytes);
  if (hash === 'wrong') return 'its hash is not the one that stands beside it';
  if (hash === 'absent' && isTrusted) return 'no hash stands beside it, which its provider promises';
  if (keys.length > 0) return signatureCheck(ask, listed, bytes, keys, now);
  return { checkedBy: hash === 'absent' ? 'nothing' : 'hash', signedBy: null };
}

/** // CSAF 2.0 §7.1.18 */
async function hashCheck(
  ask: Asking,
  { url, hashUrl }: ListedDocument,
  bytes: Buffer,
): Promise<'right' | 'wrong' | 'absent'> {
  for (const address of hashUrl === null ? [`${url}.sha512`, `${url}.sha256`] : [hashUrl]) {
    const beside = await ifThere(ask(address, BESIDE_BYTES_MAX));
    if (beside === null) continue;
    const algorithm = address.endsWith('.sha256') ? 'sha256' : 'sha512';
    const expected = parseHashFile(beside.toString('utf8'), algorithm);
    return expected === createHash(algorithm).update(bytes).digest('hex') ? 'right' : 'wrong';
  }
  return 'absent';
}

const FAULTS: Readonly<Record<DetachedFault, string>> = {
  'not-a-signature': 'what stands beside it is no signature',
  'no-pinned-key': 'it is signed by none of the pinned keys',
  'key-revoked': 'it is signed by a pinned key that was revoked',
  'key-expired': 'it is signed by a pinned key that is expired',
  'bad-signature': 'its signature does not hold',
};

/** // CSAF 2.0 §7.1.19 */
async function signatureCheck(
  ask: Asking,
  { url, signatureUrl }: ListedDocument,
  bytes: Buffer,
  keys: DocumentTrust['keys'],
  now: Instant,
): Promise<SourceCheck | string> {
  const beside = await ifThere(ask(signatureUrl ?? `${url}.asc`, BESIDE_BYTES_MAX));
  if (beside === null) return 'no signature stands beside it, and its keys are pinned';
  const verified = await verifyDetached(bytes, beside.toString('utf8'), keys, now);
  return verified.ok ? { checkedBy: 'signature', signedBy: verified.signedBy } : FAULTS[verified.fault];
}
