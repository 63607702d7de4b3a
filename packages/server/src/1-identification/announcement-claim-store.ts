import { PRODUCT_SCOPE } from '@patchsteward/core/1-identification';
import { sql } from 'kysely';
import type { Reader, Tx } from '../platform/database.ts';

/**
 * One announcement about one package covers no release: to say "not affected" of all the others by it would be silence
 * taken for safety. Of products nobody speaks of all: which ones are judged is asked of the claims (coverage.ts).
 */
export async function keepCoverageHonest(tx: Tx, feed: string): Promise<void> {
  await sql`
    delete from identification.feed_scope
    where feed = ${feed} and (scope <> ${PRODUCT_SCOPE} or not exists (
      select from identification.claim where claim.feed = ${feed} and scope = ${PRODUCT_SCOPE} and valid_to is null
    ))
  `.execute(tx);
}

/** Assets on which the claims of one announcement decide, and find something. */
export async function countAffected(reader: Reader, feed: string, advisory: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct check_in.asset_id)
    from identification.claim
    join identification.finding on finding.claim_id = claim.id and finding.affected
    join identification.package_set_source as placed on placed.source_version_id = finding.source_version_id
    join identification.package_set on package_set.id = placed.set_id and package_set.judged_at is not null
    join identification.check_in on check_in.package_set_id = package_set.id
    join identification.asset on asset.id = check_in.asset_id and asset.removed_at is null
    where claim.feed = ${feed} and claim.advisory = ${advisory} and claim.valid_to is null
  `.execute(reader);
  return rows[0]?.count ?? 0;
}
