import { type BackupsChecked, checkBackups } from '@patchsteward/core/4-backup';
import { type CampaignState, productionOf } from '@patchsteward/core/campaign';
import type { LanePolicy } from '@patchsteward/core/policy';
import type { Instant, Reason, ScopedAsset } from '@patchsteward/core/vocabulary';
import { namedAssets } from '../../1-identification/named-assets.ts';
import { prepareBackup } from '../../4-backup/prepare.ts';
import type { Reader } from '../../platform/database.ts';
import { sameJson } from '../../platform/same-json.ts';
import { type Follow, type Move, proceedWith, type WaveLook, waitOn } from './look.ts';

/** A fresh proof or a waiver for every asset in production. // SOP P4, checklist c14 */
export const followTested: Follow = async (look): Promise<Move> => {
  const checked = await look.store.checkBackups(look.state, look.lane, look.now);
  if (checked.missing.length > 0) return waitOn(checked.missing, look.now);
  return proceedWith({ kind: 'backup.checked', ...checked });
};

/** Backups grow old while people sign: what changed since the last look is written down before anything rests on it. */
export async function recheckBackups({ store, state, lane, now }: WaveLook): Promise<Move | null> {
  const checked = await store.checkBackups(state, lane, now);
  const { backup } = state;
  const before = backup === null ? null : { proofs: backup.proofs, missing: backup.missing };
  if (sameJson(checked, before)) return null;
  const event = { kind: 'backup.checked', ...checked } as const;
  return checked.missing.length > 0 ? { ...waitOn(checked.missing, now), event } : proceedWith(event);
}

/** Every asset in production. */
export function checkAllBackups(
  reader: Reader,
  state: CampaignState,
  lane: LanePolicy,
  now: Instant,
): Promise<BackupsChecked> {
  return checkOf(reader, state, productionOf(state), lane, now);
}

/** Why the backup of one asset no longer counts: asked once more before it goes down. // §2.8 S9 */
export async function backupReasonsOf(
  reader: Reader,
  state: CampaignState,
  assetId: string,
  lane: LanePolicy,
  now: Instant,
): Promise<readonly Reason[]> {
  const assets = productionOf(state).filter((asset) => asset.assetId === assetId);
  return (await checkOf(reader, state, assets, lane, now)).missing;
}

async function checkOf(
  reader: Reader,
  state: CampaignState,
  assets: readonly ScopedAsset[],
  lane: LanePolicy,
  now: Instant,
): Promise<BackupsChecked> {
  const ids = assets.map(({ assetId }) => assetId);
  return checkBackups(await prepareBackup(reader, await namedAssets(reader, ids), state.id), lane, now);
}
