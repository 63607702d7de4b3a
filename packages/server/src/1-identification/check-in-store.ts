import type { Instant, SectionName } from '@patchsteward/core/vocabulary';
import { timestamp } from '../platform/column-types.ts';
import type { Db, Tx } from '../platform/database.ts';

export type SectionHashes = Readonly<Record<SectionName, string>>;

/** What a check-in says of its host beside the hashes of its sections. */
export interface CheckInFacts {
  readonly assetId: string;
  readonly at: Instant;
  readonly bootId: string | null;
  readonly agentVersion: string;
  readonly sections: SectionHashes;
}

export interface CheckInRow extends CheckInFacts {
  readonly packageSetId: number;
  readonly offerSetId: number;
  readonly rebootNeeded: boolean;
}

/** The one row that an unchanged host writes. False where anything in its inventory is new. */
export async function touchCheckIn(db: Db, facts: CheckInFacts): Promise<boolean> {
  const touched = await db
    .updateTable('identification.check_in')
    .set({ seen_at: timestamp(facts.at), boot_id: facts.bootId, agent_version: facts.agentVersion })
    .where('asset_id', '=', facts.assetId)
    .where('packages_hash', '=', facts.sections.packages)
    .where('updates_hash', '=', facts.sections.updates)
    .where('origins_hash', '=', facts.sections.origins)
    .where('system_hash', '=', facts.sections.system)
    .returning('asset_id')
    .execute();
  return touched.length > 0;
}

/** The hashes of the last accepted check-in; undefined before the first. The caller holds the asset. */
export async function readCheckInHashes(tx: Tx, assetId: string): Promise<SectionHashes | undefined> {
  const row = await tx
    .selectFrom('identification.check_in')
    .select(['packages_hash', 'updates_hash', 'origins_hash', 'system_hash'])
    .where('asset_id', '=', assetId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    packages: row.packages_hash,
    updates: row.updates_hash,
    origins: row.origins_hash,
    system: row.system_hash,
  };
}

export async function writeCheckIn(tx: Tx, row: CheckInRow): Promise<void> {
  const values = {
    seen_at: timestamp(row.at),
    boot_id: row.bootId,
    agent_version: row.agentVersion,
    packages_hash: row.sections.packages,
    updates_hash: row.sections.updates,
    origins_hash: row.sections.origins,
    system_hash: row.sections.system,
    reboot_needed: row.rebootNeeded,
    package_set_id: row.packageSetId,
    offer_set_id: row.offerSetId,
  };
  await tx
    .insertInto('identification.check_in')
    .values({ asset_id: row.assetId, ...values })
    .onConflict((conflict) => conflict.column('asset_id').doUpdateSet(values))
    .execute();
}
