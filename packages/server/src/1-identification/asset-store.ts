import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
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
    .select([
      'id',
      'name',
      'kind',
      'criticality',
      'exposure',
      'environment',
      'owner',
      'role',
      'tags',
      'version',
      'ring',
    ])
    .select(['maintenance_group as maintenanceGroup', 'redundancy_groups as redundancyGroups'])
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateAsset(tx: Tx, id: string, fields: AssetFields, version: number): Promise<void> {
  const { maintenanceGroup, redundancyGroups, ...columns } = fields;
  await tx
    .updateTable('identification.asset')
    .set({ ...columns, maintenance_group: maintenanceGroup, redundancy_groups: redundancyGroups, version })
    .where('id', '=', id)
    .execute();
}

/** Rules leave what a person said of this very asset. */
export async function markByHand(tx: Tx, id: string, fields: readonly string[]): Promise<void> {
  await sql`
    update identification.asset
    set set_by_hand = array(select distinct field from unnest(set_by_hand || ${fields}::text[]) as field order by field)
    where id = ${id}
  `.execute(tx);
}

/** It then stays until the transaction is over. */
export async function lockMaintenanceGroup(tx: Tx, name: string): Promise<boolean> {
  const row = await tx
    .selectFrom('deployment.maintenance_group')
    .select('name')
    .where('name', '=', name)
    .forKeyShare()
    .executeTakeFirst();
  return row !== undefined;
}
