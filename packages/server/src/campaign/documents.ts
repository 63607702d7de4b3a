import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { canonicalJson, sha256 } from '@patchsteward/trust';
import { plainJson, timestamp } from '../platform/column-types.ts';
import type { Tx } from '../platform/database.ts';

/** Keeps what a verdict rests on under its hash; the same document twice is one. */
export async function keepDocument(
  tx: Tx,
  campaign: string,
  kind: string,
  document: object,
  at: Instant,
): Promise<Hash> {
  const bytes = Buffer.from(canonicalJson(plainJson(document)), 'utf8');
  const hash = sha256(bytes);
  await tx
    .insertInto('campaign.document')
    .values({ hash, campaign, kind, body: bytes, stored_at: timestamp(at) })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute();
  return hash;
}
