import type { Instant } from '@patchsteward/core/vocabulary';
import { timestamp } from '../platform/column-types.ts';
import type { Tx } from '../platform/database.ts';

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
