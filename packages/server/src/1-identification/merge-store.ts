import { sql } from 'kysely';
import type { Reader, Tx } from '../platform/database.ts';
import type { AssetDifferences } from './asset-change.ts';
import type { ListedTarget } from './import-decision.ts';
import { isLabel } from './import-decision.ts';
import type { Kept } from './removal-store.ts';
import { writeTargets } from './target-store.ts';

type Merged = NonNullable<Kept['into']>;
type Listings = Merged['listings'];

/** The places of an asset in lists. */
export async function listingsOf(db: Reader, assetId: string): Promise<Listings> {
  const rows = await db
    .selectFrom('identification.asset_listing')
    .select(['source', 'entry'])
    .where('asset_id', '=', assetId)
    .orderBy('source')
    .orderBy('entry')
    .execute();
  return rows.map(({ source, entry }) => [source, entry]);
}

interface Merge {
  readonly from: ListedTarget;
  readonly into: ListedTarget;
  readonly changes: AssetDifferences;
  readonly listings: Listings;
}

/** What the other gets; and what it had, so that it can be taken back. The caller holds both. */
export async function giveMerged(tx: Tx, { from, into, changes, listings }: Merge): Promise<Merged> {
  const after = Object.fromEntries(Object.entries(changes).map(([field, change]) => [field, change.after]));
  const setByHand = [...new Set([...into.setByHand, ...Object.keys(changes).filter(isLabel)])].sort();
  const version = into.version + 1;
  await writeTargets(tx, [{ ...into, ...after, version, setByHand }]);
  await moveListings(tx, listings, into.id);
  // The machine was known since the earlier of both: enrolling it anew does not turn its clock back.
  const { rows } = await sql<{ before: string }>`
    update identification.asset as asset
    set first_seen = least(asset.first_seen, other.first_seen), listed_at = greatest(asset.listed_at, other.listed_at)
    from identification.asset as other, identification.asset as old
    where asset.id = ${into.id} and other.id = ${from.id} and old.id = asset.id
    returning old.first_seen::text as before
  `.execute(tx);
  const kept = Object.entries(changes).map(([field, { before, after: now }]) => [field, { before, after: now }]);
  return {
    changes: Object.fromEntries(kept),
    byHandBefore: [...into.setByHand],
    versionAfter: version,
    firstSeenBefore: rows[0]?.before ?? '',
    listings,
  };
}

/** What the other got goes back, where nobody changed it since; its places in lists go back in any case. */
export async function giveBackMerged(
  tx: Tx,
  { id, into, kept }: { readonly id: string; readonly into: ListedTarget; readonly kept: Merged },
): Promise<void> {
  await moveListings(tx, kept.listings, id);
  if (into.version !== kept.versionAfter) return;
  const before = Object.fromEntries(Object.entries(kept.changes).map(([field, change]) => [field, change.before]));
  await writeTargets(tx, [{ ...into, ...before, version: into.version + 1, setByHand: kept.byHandBefore }]);
  await sql`
    update identification.asset set first_seen = ${kept.firstSeenBefore}::timestamptz where id = ${into.id}
  `.execute(tx);
}

async function moveListings(tx: Tx, listings: Listings, assetId: string): Promise<void> {
  await sql`
    update identification.asset_listing as listing set asset_id = ${assetId}
    from unnest(
      ${listings.map(([source]) => source)}::text[], ${listings.map(([, entry]) => entry)}::text[]
    ) as moved (source, entry)
    where listing.source = moved.source and listing.entry = moved.entry
  `.execute(tx);
}
