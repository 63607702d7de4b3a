import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { z } from 'zod';
import { json, plainJson, timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';
import { revokeHostKeys } from './host-key-store.ts';

/** What brings an asset back. */
const Kept = z.object({
  /** The row of its last check-in; null: it never reported. */
  checkIn: z.json(),
  /** Keys that were refused with it. */
  keys: z.array(z.string()),
  maintenanceGroup: z.string().nullable(),
  redundancyGroups: z.array(z.string()),
  ring: z.boolean(),
  /** What the asset had before that it went into. */
  into: z
    .object({
      changes: z.record(z.string(), z.object({ before: z.json(), after: z.json() })),
      byHandBefore: z.array(z.string()),
      versionAfter: z.number().int(),
      firstSeenBefore: z.string(),
      /** Places in lists that went with it. */
      listings: z.array(z.tuple([z.string(), z.string()])),
    })
    .nullable(),
});
export type Kept = z.infer<typeof Kept>;

export interface Removal {
  readonly assetId: string;
  readonly at: Instant;
  readonly by: string;
  readonly why: string;
  readonly mergedInto: string | null;
  readonly into: Kept['into'];
}

/**
 * The row stays, for all that speaks of it; what is gone is its report, its groups and its keys, so that no list, no
 * plan and no window counts it. The caller holds the asset. Gives the keys that are refused from now on.
 */
export async function takeOut(tx: Tx, removal: Removal): Promise<string[]> {
  const { assetId, at } = removal;
  const { rows } = await sql<{ row: Kept['checkIn'] }>`
    delete from identification.check_in where asset_id = ${assetId} returning to_jsonb(check_in) as row
  `.execute(tx);
  const groups = await tx
    .selectFrom('identification.asset')
    .select(['maintenance_group', 'redundancy_groups', 'ring'])
    .where('id', '=', assetId)
    .executeTakeFirstOrThrow();
  const keys = await revokeHostKeys(tx, assetId, at);
  const kept: Kept = {
    checkIn: rows[0]?.row ?? null,
    keys,
    maintenanceGroup: groups.maintenance_group,
    redundancyGroups: [...groups.redundancy_groups],
    ring: groups.ring,
    into: removal.into,
  };
  await sql`
    update identification.asset set removed_at = ${timestamp(at)}, version = version + 1, maintenance_group = null,
      redundancy_groups = '{}', ring = false
    where id = ${assetId}
  `.execute(tx);
  // An asset that never reported leaves no check-in behind whose end tells those who hold the inventory in memory.
  await sql`update identification.asset_removal set removed_in = pg_current_xact_id()`.execute(tx);
  await tx
    .insertInto('identification.removed_asset')
    .values({
      ...{ asset_id: assetId, removed_by: removal.by, why: removal.why, merged_into: removal.mergedInto },
      kept: json(plainJson(kept)),
    })
    .execute();
  return keys;
}

export interface RemovedRow {
  readonly id: string;
  readonly name: string;
  readonly origin: 'agent' | 'import' | 'api';
  readonly removedAt: Instant;
  readonly removedBy: string;
  readonly why: string;
  readonly mergedInto: string | null;
  readonly mergedName: string | null;
}

export async function listRemoved(db: Reader, limit: number): Promise<RemovedRow[]> {
  const { rows } = await sql<RemovedRow>`
    select asset.id, asset.name, asset.origin, asset.removed_at as "removedAt", removed.why,
      coalesce(person.login, removed.removed_by) as "removedBy",
      removed.merged_into as "mergedInto", other.name as "mergedName"
    from identification.removed_asset as removed
    join identification.asset on asset.id = removed.asset_id
    left join identification.asset as other on other.id = removed.merged_into
    left join access.person as person on 'person:' || person.id = removed.removed_by
    order by asset.removed_at desc, asset.id limit ${limit}
  `.execute(db);
  return rows;
}

export async function countRemoved(db: Reader): Promise<number> {
  const counted = db.selectFrom('identification.removed_asset').select(({ fn }) => fn.countAll<number>().as('removed'));
  return (await counted.executeTakeFirstOrThrow()).removed;
}

/** The one asset that was taken out, held; undefined where it is there, or never was. */
export async function lockRemoved(
  tx: Tx,
  assetId: string,
): Promise<{ readonly name: string; readonly mergedInto: string | null; readonly kept: Kept } | undefined> {
  const row = await tx
    .selectFrom('identification.removed_asset as removed')
    .innerJoin('identification.asset as asset', 'asset.id', 'removed.asset_id')
    .select(['asset.name', 'removed.merged_into as mergedInto', 'removed.kept'])
    .where('removed.asset_id', '=', assetId)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, kept: Kept.parse(row.kept) };
}

/** Gives the names of the groups that are no more: it cannot be in those again. */
export async function bringBack(tx: Tx, assetId: string, kept: Kept): Promise<string | null> {
  const { maintenanceGroup, checkIn } = kept;
  const { rows } = await sql<{ name: string }>`
    select name from deployment.maintenance_group where name = ${maintenanceGroup} for key share
  `.execute(tx);
  const isThere = rows.length > 0;
  await sql`
    update identification.asset set removed_at = null, version = version + 1, ring = ${kept.ring},
      maintenance_group = ${isThere ? maintenanceGroup : null}, redundancy_groups = ${kept.redundancyGroups}::text[]
    where id = ${assetId}
  `.execute(tx);
  if (checkIn !== null) {
    // The row is new to whoever follows the changes of the table.
    await sql`
      insert into identification.check_in
      select * from jsonb_populate_record(
        null::identification.check_in, ${json(checkIn)} || jsonb_build_object('changed_in', pg_current_xact_id()::text)
      )
    `.execute(tx);
  }
  await sql`
    update identification.host_key set revoked_at = null where asset_id = ${assetId} and fingerprint = any(${kept.keys}::text[])
  `.execute(tx);
  await tx.deleteFrom('identification.removed_asset').where('asset_id', '=', assetId).execute();
  return maintenanceGroup === null || isThere ? null : maintenanceGroup;
}
