import { sql } from 'kysely';
import type { Db, Tx } from '../../packages/server/src/platform/database.ts';
import { fillAssets } from './fill-assets.ts';
import { fillFeed, fillFindings } from './fill-findings.ts';
import { fillHouse } from './fill-house.ts';
import { fillOffers } from './fill-offers.ts';
import { choosePackages, fillSets } from './fill-packages.ts';
import type { Fleet } from './fleet.ts';

/**
 * Fills an empty, migrated database with a fleet, by statements alone: some tens of seconds for the large one. It makes
 * the rows that importing and judging would have made; what is counted over the fleet is left to the code that counts.
 */
export async function fillFleet(db: Db, fleet: Fleet, policyVersion: string): Promise<void> {
  await db.transaction().execute(async (tx: Tx) => {
    await sql`set local statement_timeout = 0`.execute(tx);
    await sql`set local synchronous_commit = off`.execute(tx);
    await fillFeed(tx, fleet);
    await choosePackages(tx, fleet);
    await fillSets(tx);
    await fillFindings(tx, fleet);
    await fillOffers(tx);
    await fillAssets(tx, fleet, policyVersion);
    await fillHouse(tx);
  });
  await sql`vacuum analyze`.execute(db);
}
