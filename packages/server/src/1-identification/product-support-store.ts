import { namesAsked, productNames, type SupportedProduct, supportScopeOf } from '@patchsteward/core/1-identification';
import { sql } from 'kysely';
import type { Reader, Tx } from '../platform/database.ts';
import type { ListedProduct } from './component-set.ts';
import type { FeedRows } from './feeds-rows.ts';
import type { MergeCounts } from './feeds-store.ts';

/** Brings what a feed says of products to what it says now, and finds anew which release each asset is. */
export async function mergeProducts(
  tx: Tx,
  feed: string,
  { products, quarantined }: Pick<FeedRows, 'products' | 'quarantined'>,
): Promise<MergeCounts> {
  await sql`create temporary table staged_product (
    name text, names text[], components text[], facts jsonb
  ) on commit drop`.execute(tx);
  for (const batch of products) {
    await sql`
      insert into staged_product select * from json_populate_recordset(null::staged_product, ${batch}::json)
    `.execute(tx);
  }
  const { rows } = await sql<{ added: boolean }>`
    insert into identification.supported_product as known (feed, name, names, components, facts)
    select ${feed}, name, names, components, facts from staged_product order by name
    on conflict (feed, name) do update
      set names = excluded.names, components = excluded.components, facts = excluded.facts
      where (known.names, known.components, known.facts) is distinct from (excluded.names, excluded.components, excluded.facts)
    returning xmax = 0 as added
  `.execute(tx);
  // With records in quarantine the file is not complete: what is missing may be what could not be read.
  const removed = quarantined.length > 0 ? 0 : await removeAbsent(tx, feed);
  const added = rows.filter((row) => row.added).length;
  const counts = { added, updated: rows.length - added, removed };
  if (rows.length + removed > 0) await placeAssets(tx);
  return counts;
}

async function removeAbsent(tx: Tx, feed: string): Promise<number> {
  const result = await sql`
    delete from identification.supported_product as known where feed = ${feed}
      and not exists (select from staged_product where staged_product.name = known.name)
  `.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}

/** All assets without an agent: what a list says of them stays while what is known of products changes. */
async function placeAssets(tx: Tx): Promise<void> {
  const products = await readProducts(tx, null);
  const byName = new Map<string, SupportedProduct[]>();
  for (const product of products) {
    for (const name of productNames(product)) byName.set(name, [...(byName.get(name) ?? []), product]);
  }
  const { rows } = await sql<ListedProduct>`
    select distinct vendor, product, product_version as "productVersion", build
    from identification.asset where origin <> 'agent' and product is not null
  `.execute(tx);
  const placed = rows.map((row) => {
    const named = namedOf(row);
    const known = new Set(namesAsked(named).flatMap((name) => byName.get(name) ?? []));
    return { ...row, scope: supportScopeOf(named, [...known]) };
  });
  await sql`
    with placed as (
      select * from json_to_recordset(${JSON.stringify(placed)}::json)
        as placed (vendor text, product text, "productVersion" text, build text, scope text)
    ), moved as (
      update identification.asset set support_scope = placed.scope from placed
      where asset.origin <> 'agent' and asset.product = placed.product
        and (asset.vendor, asset.product_version, asset.build) is not distinct from (placed.vendor, placed."productVersion", placed.build)
        and asset.support_scope is distinct from placed.scope
      returning asset.id
    )
    ${markSetsOf(sql`(select id from moved)`)}
  `.execute(tx);
}

/** One asset of which a list says something new. Whether its release is another one than before. */
export async function placeAsset(tx: Tx, assetId: string, listed: ListedProduct): Promise<boolean> {
  const named = namedOf(listed);
  const scope = supportScopeOf(named, await readProducts(tx, namesAsked(named)));
  const { rows } = await sql<{ id: string }>`
    update identification.asset set support_scope = ${scope}
    where id = ${assetId} and support_scope is distinct from ${scope}::text returning id
  `.execute(tx);
  if (rows.length === 0) return false;
  await markSetsOf(sql`(select ${assetId}::uuid)`).execute(tx);
  return true;
}

/** Their assessments rest on it. */
function markSetsOf(assets: ReturnType<typeof sql>) {
  return sql`
    update identification.package_set set count_needed = true where id in (
      select id from identification.package_set where id in (
        select package_set_id from identification.check_in where asset_id in ${assets}
      ) order by id for update
    )`;
}

function namedOf({ vendor, product, productVersion, build }: ListedProduct) {
  return { vendor, product, version: productVersion, build };
}

/** Those that have one of these names, or all. Two feeds may know one product: that of the first counts. */
async function readProducts(reader: Reader, names: readonly string[] | null): Promise<SupportedProduct[]> {
  const { rows } = await sql<{ readonly facts: SupportedProduct }>`
    select distinct on (name) facts from identification.supported_product
    ${names === null ? sql`` : sql`where names && ${names}::text[]`} order by name, feed
  `.execute(reader);
  return rows.map(({ facts }) => facts);
}
