import { PackagesSection, ReleaseBody } from '@patchsteward/contract';
import type { PackageSet } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { json } from '../platform/column-types.ts';
import type { Db, Reader } from '../platform/database.ts';
import type { SetPlace } from './offer-set.ts';
import type { NormalizedSet, SetSource } from './package-set.ts';
import { type NewSection, newSection } from './section-store.ts';

export interface StoredSet extends SetPlace {
  readonly id: number;
  readonly countNeeded: boolean;
}

export async function readPackageSet(db: Reader, hash: string): Promise<StoredSet> {
  const row = await db
    .selectFrom('identification.package_set')
    .select(['id', 'ecosystem', 'release', 'count_needed'])
    .where('hash', '=', hash)
    .executeTakeFirstOrThrow();
  return storedSetOf(row);
}

/** Parsed again: whoever wrote the row, what leaves it keeps the contract. */
export function storedSetOf(row: {
  readonly id: number;
  readonly ecosystem: string;
  readonly release: unknown;
  readonly count_needed: boolean;
}): StoredSet {
  return {
    id: row.id,
    ecosystem: PackagesSection.shape.ecosystem.parse(row.ecosystem),
    release: ReleaseBody.parse(row.release),
    countNeeded: row.count_needed,
  };
}

/**
 * Ids of the source versions of a set, in its order: found, or made. Outside of the transaction that stores the set, so
 * that hosts with overlapping sets wait for each other no longer than one statement; a row that no set refers to does
 * no harm.
 */
export async function ensureSourceVersions(db: Db, sources: readonly SetSource[]): Promise<number[]> {
  const found = await findSourceVersions(db, sources);
  const missing = sources.filter((_, place) => found[place] === undefined);
  if (missing.length === 0) return complete(found, sources);

  const made = await insertSourceVersions(db, missing);
  // What somebody else made meanwhile.
  const others = missing.filter((one) => !made.has(keyOf(one)));
  const theirs = others.length === 0 ? [] : await findSourceVersions(db, others);
  const idOfOther = new Map(others.map((one, place) => [one, theirs[place]]));
  return complete(
    found.map((id, place) => {
      const source = sources[place];
      return id ?? (source === undefined ? undefined : (made.get(keyOf(source)) ?? idOfOther.get(source)));
    }),
    sources,
  );
}

function complete(ids: readonly (number | undefined)[], sources: readonly SetSource[]): number[] {
  return ids.map((id, place) => {
    if (id === undefined) throw new Error(`no row for the source version ${JSON.stringify(sources[place])}`);
    return id;
  });
}

/**
 * One look into the index per source version. A join would leave the choice to the planner, which without statistics
 * reads every version of the release; the limit keeps it from turning this into a join.
 */
async function findSourceVersions(db: Reader, sources: readonly SetSource[]): Promise<(number | undefined)[]> {
  const { rows } = await sql<{ place: number; id: number }>`
    select wanted.place, known.id
    from unnest(
      ${sources.map((one) => one.scope)}::text[],
      ${sources.map((one) => one.source)}::text[],
      ${sources.map((one) => one.version)}::text[],
      ${sources.map(({ build }) => build?.architecture ?? '')}::text[],
      ${sources.map(({ build }) => build?.source ?? '')}::text[],
      ${sources.map(({ build }) => build?.hasVersionOfSource ?? true)}::boolean[],
      ${sources.map((one) => one.thirdParty)}::boolean[]
    ) with ordinality as wanted (scope, source, version, architecture, built_from, has_version_of_source, third_party, place)
    cross join lateral (
      select id from identification.source_version
      where scope = wanted.scope and source = wanted.source and version = wanted.version
        and architecture = wanted.architecture and built_from = wanted.built_from
        and has_version_of_source = wanted.has_version_of_source and third_party = wanted.third_party
      limit 1
    ) as known
  `.execute(db);
  const ids = new Array<number | undefined>(sources.length).fill(undefined);
  for (const { place, id } of rows) ids[place - 1] = id;
  return ids;
}

/** What a source version is told apart by, as the database does. */
function keyOf({ scope, source, version, build, thirdParty }: SetSource): string {
  return rowKey([
    ...[scope, source, version, build?.architecture ?? '', build?.source ?? ''],
    ...[build?.hasVersionOfSource ?? true, thirdParty],
  ]);
}

function rowKey(columns: readonly (string | boolean)[]): string {
  return JSON.stringify(columns);
}

interface MadeRow {
  readonly id: number;
  readonly scope: string;
  readonly source: string;
  readonly version: string;
  readonly architecture: string;
  readonly built_from: string;
  readonly has_version_of_source: boolean;
  readonly third_party: boolean;
}

/** In the order given, which is the same for every host. Ids of those that nobody else made, by their keys. */
async function insertSourceVersions(db: Db, sources: readonly SetSource[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<MadeRow>`
    insert into identification.source_version (scope, source, version, version_key, architecture, built_from, has_version_of_source, third_party)
    select scope, source, version, version_key, architecture, built_from, has_version_of_source, third_party
    from unnest(
      ${sources.map((one) => one.scope)}::text[],
      ${sources.map((one) => one.source)}::text[],
      ${sources.map((one) => one.version)}::text[],
      ${sources.map(({ versionKey }) => (versionKey === null ? null : Buffer.from(versionKey)))}::bytea[],
      ${sources.map(({ build }) => build?.architecture ?? '')}::text[],
      ${sources.map(({ build }) => build?.source ?? '')}::text[],
      ${sources.map(({ build }) => build?.hasVersionOfSource ?? true)}::boolean[],
      ${sources.map((one) => one.thirdParty)}::boolean[]
    ) with ordinality as wanted (
      scope, source, version, version_key, architecture, built_from, has_version_of_source, third_party, place
    )
    order by place
    on conflict (scope, source, version, architecture, built_from, has_version_of_source, third_party) do nothing
    returning id, scope, source, version, architecture, built_from, has_version_of_source, third_party
  `.execute(db);
  return new Map(
    rows.map((row) => [
      rowKey([
        ...[row.scope, row.source, row.version, row.architecture, row.built_from],
        ...[row.has_version_of_source, row.third_party],
      ]),
      row.id,
    ]),
  );
}

/** A section of packages and its set, in one statement: whoever inserts the section inserts its set. */
export async function insertPackageSet(
  db: Db,
  row: NewSection,
  section: PackageSet,
  set: NormalizedSet,
  sourceIds: readonly number[],
): Promise<void> {
  // No name of a package holds a space.
  await sql`
    with kept as (${newSection(row)}), made as (
      insert into identification.package_set (hash, ecosystem, release, scope, packages)
      select hash, ${section.ecosystem}, ${json({ ...section.release })}, ${set.scope}, ${set.packages}::integer from kept
      returning id
    )
    insert into identification.package_set_source (set_id, source_version_id, packages, held)
    select made.id, source_version_id, string_to_array(source.packages, ' '), string_to_array(held, ' ')
    from made cross join unnest(
      ${sourceIds}::integer[], ${set.sources.map((one) => one.packages.join(' '))}::text[],
      ${set.sources.map((one) => one.held.join(' '))}::text[]
    ) as source (source_version_id, packages, held)
  `.execute(db);
}
