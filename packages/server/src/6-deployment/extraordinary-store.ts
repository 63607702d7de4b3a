import type { Instant } from '@patchsteward/core/vocabulary';
import { timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';

/** A single time asked for beside the windows of some hosts of one campaign; their owners sign the plan that has it. */
export interface Extraordinary {
  readonly id: string;
  readonly campaign: string;
  readonly assets: readonly string[];
  readonly from: Instant;
  readonly until: Instant;
  readonly why: string;
  readonly by: string;
  readonly at: Instant;
}

/** More than anybody asks for within one campaign. */
export const EXTRAORDINARY_MAX = 100;

/** Those of a campaign that were not taken back, in their order. */
export async function readExtraordinary(db: Reader, campaign: string): Promise<Extraordinary[]> {
  const rows = await db
    .selectFrom('deployment.extraordinary_window')
    .selectAll()
    .where('campaign', '=', campaign)
    .where('withdrawn_at', 'is', null)
    .orderBy('opens_at')
    .orderBy('id')
    .limit(EXTRAORDINARY_MAX)
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, campaign: row.campaign, assets: row.assets, why: row.why, by: row.asked_by },
    ...{ from: row.opens_at, until: row.closes_at, at: row.asked_at },
  }));
}

export async function insertExtraordinary(tx: Tx, window: Extraordinary): Promise<void> {
  await tx
    .insertInto('deployment.extraordinary_window')
    .values({
      ...{ id: window.id, campaign: window.campaign, assets: [...window.assets], why: window.why },
      ...{ opens_at: timestamp(window.from), closes_at: timestamp(window.until) },
      ...{ asked_by: window.by, asked_at: timestamp(window.at) },
    })
    .execute();
}

/** False: there is none, or it was taken back already. */
export async function withdrawExtraordinary(tx: Tx, campaign: string, id: string, at: Instant): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('deployment.extraordinary_window')
    .set({ withdrawn_at: timestamp(at) })
    .where('campaign', '=', campaign)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}
