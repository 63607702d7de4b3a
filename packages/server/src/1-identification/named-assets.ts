import { sql } from 'kysely';
import type { Db, Reader } from '../platform/database.ts';
import { listAssets } from './asset-list-store.ts';
import { cursorAfter, placeOf } from './asset-order.ts';

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
    .where('asset.id', 'in', [...assetIds])
    .execute();
  const byId = new Map(rows.map((row) => [row.assetId, row]));
  return assetIds.flatMap((id) => byId.get(id) ?? []);
}

/** A page of assets by name. */
export async function pageOfNamedAssets(
  db: Db,
  query: { readonly search?: string | undefined; readonly cursor?: string | undefined; readonly limit: number },
) {
  const { search, cursor, limit } = query;
  const filter = { search };
  const after = cursor === undefined ? undefined : placeOf(cursor, 'name');
  // One more than asked for says whether there is a next page.
  const { rows, total } = await listAssets(db, { filter, sort: 'name', after, skip: 0, limit: limit + 1 }, ANY_TIME);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: await namedAssets(
      db,
      shown.map(({ id }) => id),
    ),
    next: last === undefined || rows.length === shown.length ? null : cursorAfter('name', last),
    total,
  };
}
