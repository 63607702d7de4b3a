import type { Changed, GrantedWish, Wish, WishHandler } from '../platform/corridor.ts';
import type { Reader, Tx } from '../platform/database.ts';
import { findOpenCampaigns } from './campaign-store.ts';

/** Something about an asset changed (its key): the campaigns that have it in scope are asked how they go on. */
export const ASSET_PROGRESS = 'asset.progress';
/** The windows of a maintenance group (its key) changed: whoever waited for one is asked how it goes on. */
export const GROUP_PROGRESS = 'group.progress';
const ASSESS = 'assess';

export async function grantAssetProgress(wish: GrantedWish, tx: Tx): Promise<Changed<void>> {
  return { value: undefined, wishes: await progressOfAsset(tx, wish.key) };
}

export async function grantGroupProgress({ key }: GrantedWish, tx: Tx): Promise<Changed<void>> {
  const members = await tx
    .selectFrom('identification.asset')
    .select('id')
    .where('maintenance_group', '=', key)
    .execute();
  const wishes = members.map(({ id }) => ({ kind: ASSET_PROGRESS, key: id, payload: null }));
  return { value: undefined, wishes };
}

export async function progressOfAsset(tx: Tx, assetId: string): Promise<Wish[]> {
  const campaigns = await findOpenCampaigns(tx, [assetId]);
  return campaigns.map((id) => ({ kind: 'campaign.progress', key: id, payload: null }));
}

/** The titles of the open campaigns that an asset is in: they stand in the way of taking it out of the inventory. */
export async function openCampaignsOf(reader: Reader, assetId: string): Promise<string[]> {
  const campaigns = await findOpenCampaigns(reader, [assetId]);
  if (campaigns.length === 0) return [];
  const rows = await reader.selectFrom('campaign.campaign').select('title').where('id', 'in', campaigns).execute();
  return rows.map(({ title }) => title).sort();
}

/** Step 2 does not know campaigns: what an asset is assessed to be now, its campaigns hear of from here. */
export function afterAssessment(
  handlers: Readonly<Record<string, WishHandler>>,
): Readonly<Record<string, WishHandler>> {
  const assess = handlers[ASSESS];
  if (assess === undefined) return handlers;
  return {
    ...handlers,
    [ASSESS]: async (wish, tx) => {
      const changed = await assess(wish, tx);
      const asset = /^asset:([0-9a-f-]{36})$/.exec(wish.key)?.[1];
      if (asset === undefined) return changed;
      const asked = { kind: ASSET_PROGRESS, key: asset, payload: null };
      return { ...changed, wishes: [...(changed.wishes ?? []), asked] };
    },
  };
}
