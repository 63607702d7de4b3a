import { sql } from 'kysely';
import type { Reader } from '../platform/database.ts';
import type { AssetView } from './asset-view.ts';
import type { DoubleFacts } from './doubles.ts';

/** Assets of the inventory that share something with another one, by what they could be known twice. */
export async function readDoubleFacts(db: Reader, view: AssetView): Promise<DoubleFacts[]> {
  const externalIds = new Map((await readSharedExternalIds(db)).map((row) => [row.assetId, row.externalIds]));
  return view
    .alike([...externalIds.keys()])
    .map((slot) => factsOf(view, slot, externalIds))
    .sort((one, other) => (one.name === other.name ? compare(one.id, other.id) : compare(one.name, other.name)));
}

function factsOf(view: AssetView, slot: number, externalIds: ReadonlyMap<string, readonly string[]>): DoubleFacts {
  const { asset, checkIn } = view.at(slot);
  return {
    ...{ id: asset.id, name: asset.name, origin: asset.origin, firstSeen: asset.firstSeen, listedAt: asset.listedAt },
    seenAt: checkIn?.seenAt ?? null,
    machineId: checkIn?.machineId ?? null,
    externalIds: externalIds.get(asset.id) ?? [],
    // Every slot has one.
    staleFrom: view.staleFrom[slot] ?? 0,
  };
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

interface ListedAsset {
  readonly assetId: string;
  readonly externalIds: readonly string[];
}

/** Ids that lists give to several assets, by asset. */
async function readSharedExternalIds(db: Reader): Promise<ListedAsset[]> {
  const { rows } = await sql<ListedAsset>`
    with shared as (
      select substr(entry, 4) as id, array_agg(distinct asset_id) as assets from identification.asset_listing
      where entry like 'id %'
      group by substr(entry, 4) having min(asset_id::text) <> max(asset_id::text)
    )
    select asset_id as "assetId", array_agg(shared.id order by shared.id) as "externalIds"
    from shared cross join unnest(assets) as asset_id
    join identification.asset on asset.id = asset_id and asset.removed_at is null
    group by asset_id
  `.execute(db);
  return rows;
}
