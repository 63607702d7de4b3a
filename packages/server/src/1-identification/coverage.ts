import { type CoveringFeed, type IsCovered, isCovered, PRODUCT_SCOPE } from '@patchsteward/core/1-identification';
import type { PackageEcosystem } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import type { Reader } from '../platform/database.ts';

/** The loaded feeds of advisories with the releases they speak of. Without any the answer is "not judged: no feed". */
export async function readCoveringFeeds(reader: Reader): Promise<CoveringFeed[]> {
  const rows = await reader.selectFrom('identification.feed_scope').select(['feed', 'scope']).execute();
  const scopes = Map.groupBy(rows, ({ feed }) => feed);
  return [...scopes].map(([feed, covered]) => ({ feed, scopes: new Set(covered.map(({ scope }) => scope)) }));
}

/**
 * The same question as `speaksOf` of a claim index, put to the database, of a row `version` of source_version. What a
 * vendor calls its products begins with its name, so that both are looks into one index; `0` comes after `/`.
 */
export const IS_SPOKEN_OF = sql<boolean>`case version.scope
  when ${sql.lit(PRODUCT_SCOPE)} then exists (
    select from identification.claim
    where claim.scope = ${sql.lit(PRODUCT_SCOPE)} and claim.package_name = version.source
      and claim.valid_to is null and claim.withdrawn is null
  ) or version.source not like '/%' and exists (
    select from identification.claim
    where claim.scope = ${sql.lit(PRODUCT_SCOPE)} and claim.valid_to is null and claim.withdrawn is null
      and claim.package_name >= split_part(version.source, '/', 1) || '/'
      and claim.package_name < split_part(version.source, '/', 1) || '0'
      and claim.authority in ('vendor-status', 'vendor-advisory')
  )
  else exists (select from identification.feed_scope where feed_scope.scope = version.scope)
end`;

/**
 * Whether anybody speaks of what is in a set. The loaded feeds know of which releases and registries, not of which products;
 * only a list of components names products.
 */
export async function readCoverageIn(
  reader: Reader,
  { id, ecosystem }: { readonly id: number; readonly ecosystem: PackageEcosystem },
  feeds: readonly CoveringFeed[],
): Promise<IsCovered> {
  if (ecosystem !== 'components') return (scope) => isCovered(scope, feeds);
  const { rows } = await sql<{ source: string }>`
    select distinct version.source from identification.package_set_source as placed
    join identification.source_version as version on version.id = placed.source_version_id
    where placed.set_id = ${id} and version.scope = ${PRODUCT_SCOPE} and not ${IS_SPOKEN_OF}
  `.execute(reader);
  const unspoken = new Set(rows.map(({ source }) => source));
  return (scope, name) => isCovered(scope, feeds) && !(scope === PRODUCT_SCOPE && unspoken.has(name));
}
