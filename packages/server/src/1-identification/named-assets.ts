import { sql } from 'kysely';
import type { Db, Reader } from '../platform/database.ts';
import { pageOfAssets } from './asset-page.ts';
import type { AssetViews } from './asset-view-reader.ts';

/** An asset under all names that others may know it by. */
interface NamedAsset {
  readonly assetId: string;
  readonly name: string;
  /** What its host calls itself; null until it reported. */
  readonly hostname: string | null;
}

/** Words are found at any time; only staleness asks the clock. */
const ANY_TIME = 0;

export async function findNamedAsset(db: Reader, assetId: string): Promise<NamedAsset | undefined> {
  return (await namedAssets(db, [assetId]))[0];
}

/** In the order of the ids that were asked for; those that do not exist are left out. */
export async function namedAssets(db: Reader, assetIds: readonly string[]): Promise<NamedAsset[]> {
  if (assetIds.length === 0) return [];
  const rows = await db
    .selectFrom('identification.asset as asset')
    .leftJoin('identification.check_in as check_in', 'check_in.asset_id', 'asset.id')
    .leftJoin('identification.section as section', 'section.hash', 'check_in.system_hash')
    .select(['asset.id as assetId', 'asset.name', sql<string | null>`section.body ->> 'hostname'`.as('hostname')])
    .where('asset.id', '=', sql<string>`any(${assetIds}::uuid[])`)
    .execute();
  const byId = new Map(rows.map((row) => [row.assetId, row]));
  return assetIds.flatMap((id) => byId.get(id) ?? []);
}

/** A page of assets by name. */
export async function pageOfNamedAssets(
  db: Db,
  assets: AssetViews,
  query: { readonly search?: string | undefined; readonly cursor?: string | undefined; readonly limit: number },
) {
  const view = await assets.current();
  const { slots, ...page } = pageOfAssets(view, { ...query, sort: 'name', skip: 0 }, ANY_TIME);
  const ids = slots.map((slot) => view.at(slot).asset.id);
  return { ...page, items: await namedAssets(db, ids) };
}
