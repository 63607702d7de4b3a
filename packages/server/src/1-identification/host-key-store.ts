import type { Instant } from '@patchsteward/core/vocabulary';
import { timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';

export interface BoundKey {
  readonly assetId: string;
  readonly revoked: boolean;
}

export async function findHostKey(db: Reader, fingerprint: string): Promise<BoundKey | undefined> {
  const row = await db
    .selectFrom('identification.host_key')
    .select(['asset_id', 'revoked_at'])
    .where('fingerprint', '=', fingerprint)
    .executeTakeFirst();
  return row === undefined ? undefined : { assetId: row.asset_id, revoked: row.revoked_at !== null };
}

export async function insertHostKey(
  tx: Tx,
  key: {
    readonly fingerprint: string;
    readonly assetId: string;
    readonly publicKeyPem: string;
    readonly at: Instant;
  },
): Promise<void> {
  await tx
    .insertInto('identification.host_key')
    .values({
      fingerprint: key.fingerprint,
      asset_id: key.assetId,
      public_key_pem: key.publicKeyPem,
      bound_at: timestamp(key.at),
    })
    .execute();
}

/** The fingerprints that were good until now. */
export async function revokeHostKeys(tx: Tx, assetId: string, at: Instant): Promise<string[]> {
  const rows = await tx
    .updateTable('identification.host_key')
    .set({ revoked_at: timestamp(at) })
    .where('asset_id', '=', assetId)
    .where('revoked_at', 'is', null)
    .returning('fingerprint')
    .execute();
  return rows.map((row) => row.fingerprint).sort();
}
