import type { FurtherChecks, HealthProfile } from '@patchsteward/core/plan';
import { type JsonValue, json } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';

export interface StoredHealth extends HealthProfile {
  readonly assetId: string;
  readonly version: number;
}

export async function readHealth(
  reader: Reader,
  assetIds: readonly string[],
): Promise<ReadonlyMap<string, StoredHealth>> {
  if (assetIds.length === 0) return new Map();
  const rows = await reader
    .selectFrom('deployment.health_profile')
    .select(['asset_id as assetId', 'units', 'ports', 'urls', 'watch_ms as watchMs', 'further', 'version'])
    .where('asset_id', 'in', assetIds)
    .execute();
  return new Map(
    rows.map(({ further, ...row }) => [
      row.assetId,
      // Written by this file alone, from the type it is read as.
      { ...row, ...(further === null ? {} : { further: further as unknown as FurtherChecks }) },
    ]),
  );
}

/** False where it is not at this version any more; 0: there is none yet. */
export async function writeHealth(
  tx: Tx,
  assetId: string,
  { units, ports, urls, watchMs, further }: HealthProfile,
  version: number,
): Promise<boolean> {
  const values = {
    ...{ units: [...units], ports: [...ports], urls: [...urls], watch_ms: watchMs },
    // A readonly value of ours is JSON; its interface only lacks the index signature of it.
    further: further === undefined ? null : json(further as unknown as JsonValue),
  };
  if (version === 0) {
    const made = await tx
      .insertInto('deployment.health_profile')
      .values({ asset_id: assetId, ...values })
      .onConflict((conflict) => conflict.doNothing())
      .returning('version')
      .execute();
    return made.length > 0;
  }
  const changed = await tx
    .updateTable('deployment.health_profile')
    .set({ ...values, version: version + 1 })
    .where('asset_id', '=', assetId)
    .where('version', '=', version)
    .returning('version')
    .execute();
  return changed.length > 0;
}
