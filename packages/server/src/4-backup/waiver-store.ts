import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';

/** An owner's word that an asset may be changed in this campaign without a backup, until it expires. // SOP P4 */
export interface Waiver {
  readonly waiver: Hash;
  readonly assetId: string;
  readonly campaign: string;
  readonly person: string;
  readonly why: string;
  readonly signedAt: Instant;
  readonly expiresAt: Instant;
}

const WAIVERS_SHOWN_MAX = 100;

const COLUMNS = [
  'hash as waiver',
  'asset_id as assetId',
  'campaign',
  'person',
  'why',
  'signed_at as signedAt',
  'expires_at as expiresAt',
] as const;

/** Its signature was verified before. The same word twice is one. */
export async function storeWaiver(tx: Tx, waiver: Waiver, envelope: string, now: Instant): Promise<void> {
  await tx
    .insertInto('backup.waiver')
    .values({
      hash: waiver.waiver,
      asset_id: waiver.assetId,
      campaign: waiver.campaign,
      person: waiver.person,
      why: waiver.why,
      signed_at: timestamp(waiver.signedAt),
      expires_at: timestamp(waiver.expiresAt),
      envelope,
      stored_at: timestamp(now),
    })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute();
}

/** Of each asset the one that holds longest, also where it is over: the reason then says so. */
export async function longestWaivers(
  db: Reader,
  assetIds: readonly string[],
  campaign: string | null,
): Promise<ReadonlyMap<string, Waiver>> {
  if (assetIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('backup.waiver')
    .distinctOn('asset_id')
    .select(COLUMNS)
    .where('asset_id', '=', sql<string>`any(${assetIds}::uuid[])`)
    .$if(campaign !== null, (query) => query.where('campaign', '=', campaign ?? ''))
    .orderBy('asset_id')
    .orderBy('expires_at', 'desc')
    .orderBy('hash')
    .execute();
  return new Map(rows.map((row) => [row.assetId, waiverRow(row)]));
}

export async function waiversByHash(db: Reader, hashes: readonly string[]): Promise<ReadonlyMap<string, Waiver>> {
  if (hashes.length === 0) return new Map();
  const rows = await db
    .selectFrom('backup.waiver')
    .select(COLUMNS)
    .where('hash', 'in', [...hashes])
    .execute();
  return new Map(rows.map((row) => [row.waiver, waiverRow(row)]));
}

export async function waiversOf(db: Reader, assetId: string): Promise<Waiver[]> {
  const rows = await db
    .selectFrom('backup.waiver')
    .select(COLUMNS)
    .where('asset_id', '=', assetId)
    .orderBy('signed_at', 'desc')
    .limit(WAIVERS_SHOWN_MAX)
    .execute();
  return rows.map(waiverRow);
}

/** Hashes were computed here before they were stored; the column type does not say so. */
function waiverRow<Row extends { readonly waiver: string }>(row: Row): Row & { readonly waiver: Hash } {
  return { ...row, waiver: row.waiver as Hash };
}
