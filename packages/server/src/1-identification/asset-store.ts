import type { Instant } from '@patchsteward/core/vocabulary';
import { timestamp } from '../platform/column-types.ts';
import type { Tx } from '../platform/database.ts';
import type { AssetFields } from './asset-change.ts';

export interface AssetRow extends AssetFields {
  readonly id: string;
  readonly version: number;
}

export async function insertAsset(
  tx: Tx,
  asset: { readonly id: string; readonly name: string; readonly firstSeen: Instant },
): Promise<void> {
  await tx
    .insertInto('identification.asset')
    .values({ id: asset.id, name: asset.name, first_seen: timestamp(asset.firstSeen) })
    .execute();
}

/** Whoever changes an asset or what it reports comes here first, and one after the other. */
export async function lockAsset(tx: Tx, id: string): Promise<AssetRow | undefined> {
  return tx
    .selectFrom('identification.asset')
    .select(['id', 'name', 'kind', 'criticality', 'exposure', 'environment', 'owner', 'role', 'tags', 'version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateAsset(tx: Tx, id: string, fields: AssetFields, version: number): Promise<void> {
  await tx
    .updateTable('identification.asset')
    .set({ ...fields, version })
    .where('id', '=', id)
    .execute();
}
