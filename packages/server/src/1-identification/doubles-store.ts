import { sql } from 'kysely';
import type { Reader } from '../platform/database.ts';
import { staleFrom } from './asset-staleness.ts';
import type { DoubleFacts } from './doubles.ts';

/** Everything that is in the inventory, by what it could be known twice. */
export async function readDoubleFacts(db: Reader): Promise<DoubleFacts[]> {
  const { rows } = await sql<Omit<DoubleFacts, 'staleFrom'>>`
    select asset.id, asset.name, asset.origin, asset.first_seen as "firstSeen", check_in.seen_at as "seenAt",
      asset.listed_at as "listedAt", system.body ->> 'machineId' as "machineId",
      coalesce(
        (
          select array_agg(substr(listing.entry, 4)) from identification.asset_listing as listing
          where listing.asset_id = asset.id and listing.entry like 'id %'
        ),
        '{}'
      ) as "externalIds"
    from identification.asset
    left join identification.check_in on check_in.asset_id = asset.id
    left join identification.section as system on system.hash = check_in.system_hash
    where asset.removed_at is null
    order by asset.name collate "C", asset.id
  `.execute(db);
  return rows.map((row) => ({ ...row, staleFrom: staleFrom(row) }));
}
