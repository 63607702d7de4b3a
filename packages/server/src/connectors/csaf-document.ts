import { createHash } from 'node:crypto';
import type { Instant } from '@patchsteward/core/vocabulary';
import { type ListedDocument, parseHashFile } from '@patchsteward/feeds';
import { type DetachedFault, verifyDetached } from '@patchsteward/standards/openpgp';
import { Refusal } from '../platform/http/refusal.ts';
import { messageOf } from '../platform/system-error.ts';
import type { ProviderSource } from './csaf-provider.ts';
import { type Asking, ifThere } from './origin-bytes.ts';

/** Red Hat's largest VEX has 30 MiB. */
const DOCUMENT_BYTES_MAX = 64 * 1024 * 1024;
const BESIDE_BYTES_MAX = 64 * 1024;

/** The bytes of a document whose hash and signature hold; or a text that says why it was not read. */
export async function verifiedDocument(
  ask: Asking,
  listed: ListedDocument,
  source: Pick<ProviderSource, 'provider' | 'keys'>,
  now: Instant,
): Promise<Buffer | string> {
  try {
    const bytes = await ask(listed.url, DOCUMENT_BYTES_MAX);
    const problem =
      (await hashProblem(ask, listed, bytes, source.provider.isTrusted)) ??
      (source.keys.length === 0 ? null : await signatureProblem(ask, listed, bytes, source.keys, now));
    return problem ?? bytes;
  } catch (error) {
    if (error instanceof Refusal) return messageOf(error);
    throw error;
  }
}

/** // CSAF 2.0 §7.1.18 */
async function hashProblem(
  ask: Asking,
  { url, hashUrl }: ListedDocument,
  bytes: Buffer,
  isPromised: boolean,
): Promise<string | null> {
  for (const address of hashUrl === null ? [`${url}.sha512`, `${url}.sha256`] : [hashUrl]) {
    const beside = await ifThere(ask(address, BESIDE_BYTES_MAX));
    if (beside === null) continue;
    const algorithm = address.endsWith('.sha256') ? 'sha256' : 'sha512';
    const expected = parseHashFile(beside.toString('utf8'), algorithm);
    if (expected === createHash(algorithm).update(bytes).digest('hex')) return null;
    return 'its hash is not the one that stands beside it';
  }
  return isPromised ? 'no hash stands beside it, which its provider promises' : null;
}

const FAULTS: Readonly<Record<DetachedFault, string>> = {
  'not-a-signature': 'what stands beside it is no signature',
  'no-pinned-key': 'it is signed by none of the pinned keys',
  'key-revoked': 'it is signed by a pinned key that was revoked',
  'key-expired': 'it is signed by a pinned key that is expired',
  'bad-signature': 'its signature does not hold',
};

/** // CSAF 2.0 §7.1.19 */
async function signatureProblem(
  ask: Asking,
  { url, signatureUrl }: ListedDocument,
  bytes: Buffer,
  keys: ProviderSource['keys'],
  now: Instant,
): Promise<string | null> {
  const beside = await ifThere(ask(signatureUrl ?? `${url}.asc`, BESIDE_BYTES_MAX));
  if (beside === null) return 'no signature stands beside it, and its keys are pinned';
  const verified = await verifyDetached(bytes, beside.toString('utf8'), keys, now);
  return verified.ok ? null : FAULTS[verified.fault];
}
