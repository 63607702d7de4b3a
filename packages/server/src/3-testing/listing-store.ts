import type { Hash } from '@patchsteward/core/vocabulary';
import type { ListedPackage } from '@patchsteward/standards/apt-repository';
import type { Reader, Tx } from '../platform/database.ts';

/** What was found for names in an index. */
export interface LookedUp {
  readonly index: Hash;
  readonly names: readonly string[];
  readonly packages: readonly ListedPackage[];
}

/** Values of one statement: far below the 65,535 parameters that PostgreSQL takes. */
const ROWS_PER_STATEMENT_MAX = 5_000;

export async function storeLookedUp(tx: Tx, { index, names, packages }: LookedUp): Promise<void> {
  for (const some of chunks(packages)) {
    await tx
      .insertInto('testing.listed_package')
      .values(
        some.map(({ name, version, architecture, sha256, sizeBytes, path }) => ({
          ...{ index_hash: index, name, version, architecture, path },
          ...{ file_hash: sha256, size_bytes: sizeBytes },
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  for (const some of chunks(names)) {
    await tx
      .insertInto('testing.looked_up')
      .values(some.map((name) => ({ index_hash: index, name })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** Of these names, those that nobody has looked for in the index yet. */
export async function namesNotLookedUp(db: Reader, index: Hash, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const rows = await db
    .selectFrom('testing.looked_up')
    .select('name')
    .where('index_hash', '=', index)
    .where('name', 'in', names)
    .execute();
  const known = new Set(rows.map(({ name }) => name));
  return names.filter((name) => !known.has(name));
}

/** What is of interest in these indexes, since somebody asked for it once. */
export async function namesOfInterest(db: Reader, indexes: readonly Hash[]): Promise<string[]> {
  if (indexes.length === 0) return [];
  const rows = await db
    .selectFrom('testing.looked_up')
    .select('name')
    .distinct()
    .where('index_hash', 'in', indexes)
    .execute();
  return rows.map(({ name }) => name);
}

export interface ListedRow extends ListedPackage {
  readonly index: Hash;
}

export async function readListed(db: Reader, indexes: readonly Hash[], names: readonly string[]): Promise<ListedRow[]> {
  if (indexes.length === 0 || names.length === 0) return [];
  const rows = await db
    .selectFrom('testing.listed_package')
    .selectAll()
    .where('index_hash', 'in', indexes)
    .where('name', 'in', names)
    .orderBy('name')
    .orderBy('version')
    .execute();
  return rows.map((row) => ({
    // A hash that we wrote as a hash.
    index: row.index_hash as Hash,
    ...{ name: row.name, version: row.version, architecture: row.architecture, path: row.path },
    ...{ sha256: row.file_hash, sizeBytes: row.size_bytes },
  }));
}

function* chunks<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += ROWS_PER_STATEMENT_MAX) {
    yield items.slice(start, start + ROWS_PER_STATEMENT_MAX);
  }
}
