import {
  componentCycleOf,
  componentKey,
  type ListedSupport,
  lifecyclesOfProduct,
  originClass,
  type SupportedProduct,
  scopeOfRelease,
  supportListed,
  supportOf,
  type UnsupportedPackage,
  unsupportedComponent,
  unsupportedSource,
} from '@patchsteward/core/1-identification';
import type { InstalledPackage, Instant, PackageSet } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import type { Reader, Tx } from '../platform/database.ts';
import type { FeedRows } from './feeds-rows.ts';
import type { MergeCounts } from './feeds-store.ts';

/** As of when, and how long before its end people are warned. */
interface Moment {
  readonly now: Instant;
  readonly warnMs: number;
}

/** What of a set its vendor, or whoever makes it, does not support in full: each source or component once. */
export async function readUnsupported(reader: Reader, set: PackageSet, moment: Moment): Promise<UnsupportedPackage[]> {
  return set.ecosystem === 'components'
    ? unsupportedComponents(reader, set, moment)
    : unsupportedSources(reader, set, moment);
}

async function unsupportedSources(reader: Reader, set: PackageSet, moment: Moment): Promise<UnsupportedPackage[]> {
  const scope = scopeOfRelease(set.release);
  const { rows } = await sql<ListedSupport>`
    select source, is_beginning as "isBeginning", last_version as "lastVersion", ends, details
    from identification.package_support where scope = ${scope} order by ends is null, feed, place
  `.execute(reader);
  if (rows.length === 0) return [];
  const found = new Map<string, UnsupportedPackage>();
  for (const installed of set.packages) {
    const { source, sourceVersion: version } = installed;
    const key = `${source} ${version}`;
    // Whoever else builds it supports it, or does not.
    if (found.has(key) || originClass(installed, set.publishers, set.release) === 'third-party') continue;
    const listed = supportListed(source, rows);
    const one = listed === null ? null : unsupportedSource({ source, version }, listed, moment);
    if (one !== null) found.set(key, one);
  }
  return [...found.values()];
}

async function unsupportedComponents(
  reader: Reader,
  { packages }: PackageSet,
  { now, warnMs }: Moment,
): Promise<UnsupportedPackage[]> {
  // What a distribution builds, or owns, is supported by it.
  const own = packages.filter((one) => one.scope === undefined && one.owner === undefined && one.type !== undefined);
  const keys = [...new Set(own.map(keyOf))];
  if (keys.length === 0) return [];
  const { rows } = await sql<{ readonly facts: SupportedProduct }>`
    select distinct on (name) facts from identification.supported_product
    where components && ${keys}::text[] order by name, feed
  `.execute(reader);
  const products = new Map<string, SupportedProduct[]>();
  for (const { facts } of rows) {
    for (const key of facts.components) products.set(key, [...(products.get(key) ?? []), facts]);
  }
  return own.flatMap((installed) => {
    const known = products.get(keyOf(installed)) ?? [];
    const cycle = componentCycleOf(installed.version === '' ? null : installed.version, known);
    const [product] = known;
    if (cycle === null || product === undefined) return [];
    const support = supportOf(lifecyclesOfProduct({ ...product, cycles: [cycle] }), warnMs, now);
    const one = unsupportedComponent(installed, { title: product.title, cycle: cycle.name }, support);
    return one === null ? [] : [one];
  });
}

function keyOf({ type, name }: InstalledPackage): string {
  return componentKey(type ?? '', name);
}

/** Brings what a feed says of packages inside a release to what it says now, and marks whose assessments rest on it. */
export async function mergePackageSupport(
  tx: Tx,
  feed: string,
  { listed }: Pick<FeedRows, 'listed'>,
): Promise<MergeCounts> {
  await sql`create temporary table staged_support (
    place integer, scope text, source text, is_beginning boolean, last_version text, ends timestamptz, details text
  ) on commit drop`.execute(tx);
  for (const batch of listed) {
    await sql`
      insert into staged_support select * from json_populate_recordset(null::staged_support, ${batch}::json)
    `.execute(tx);
  }
  const { rows: gone } = await sql<{ scope: string }>`
    delete from identification.package_support as known where feed = ${feed}
      and not exists (select from staged_support as staged where staged.place = known.place)
    returning scope
  `.execute(tx);
  const { rows } = await sql<{ added: boolean; scope: string }>`
    insert into identification.package_support as known (feed, place, scope, source, is_beginning, last_version, ends, details)
    select ${feed}, staged.* from staged_support as staged order by place
    on conflict (feed, place) do update
      set scope = excluded.scope, source = excluded.source, is_beginning = excluded.is_beginning,
        last_version = excluded.last_version, ends = excluded.ends, details = excluded.details
      where (known.scope, known.source, known.is_beginning, known.last_version, known.ends, known.details) is distinct from
        (excluded.scope, excluded.source, excluded.is_beginning, excluded.last_version, excluded.ends, excluded.details)
    returning xmax = 0 as added, scope
  `.execute(tx);
  const scopes = [...new Set([...gone, ...rows].map(({ scope }) => scope))];
  await sql`
    update identification.package_set set count_needed = true where id in (
      select id from identification.package_set where scope = any(${scopes}::text[]) order by id for update
    )
  `.execute(tx);
  const added = rows.filter((row) => row.added).length;
  return { added, updated: rows.length - added, removed: gone.length };
}
