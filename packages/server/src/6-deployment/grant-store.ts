import type { Instant } from '@patchsteward/core/vocabulary';
import { timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';

export interface NewGrant {
  readonly grant: string;
  readonly job: string;
  readonly assetId: string;
  readonly bootId: string;
  readonly at: Instant;
  readonly startBy: Instant;
}

export async function insertGrant(tx: Tx, { grant, job, assetId, bootId, at, startBy }: NewGrant): Promise<void> {
  await tx
    .insertInto('deployment.grant')
    .values({
      id: grant,
      job,
      asset_id: assetId,
      boot_id: bootId,
      granted_at: timestamp(at),
      start_by: timestamp(startBy),
    })
    .execute();
}

/** Of which start of its host a grant was asked for; undefined: there is no such grant. */
export async function readGrantBoot(reader: Reader, grant: string): Promise<string | undefined> {
  const row = await reader.selectFrom('deployment.grant').select('boot_id').where('id', '=', grant).executeTakeFirst();
  return row?.boot_id;
}
