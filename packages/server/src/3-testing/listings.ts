import type { ListedFile, OriginStanding } from '@patchsteward/core/3-testing';
import type { PackageChange } from '@patchsteward/core/plan';
import type { Hash, Instant, OriginId } from '@patchsteward/core/vocabulary';
import { originIds } from '@patchsteward/standards/apt-repository';
import type { Db } from '../platform/database.ts';
import { inTransaction } from '../platform/transaction.ts';
import type { ByteStore } from './byte-store.ts';
import { namesNotLookedUp, readListed, storeLookedUp } from './listing-store.ts';
import { lookUp } from './look-up.ts';
import type { OriginRow, StoredSnapshot } from './origin-store.ts';
import { listOrigins, readSnapshots } from './origin-store.ts';

/** Indexes of the past in which an installed version is looked for, per origin: weeks of a busy archive. */
const SNAPSHOTS_MAX = 30;

/** A file in a verified index, with the index and the origin that it stands in. */
export interface Listing extends ListedFile {
  readonly sha256: Hash;
  readonly path: string;
  readonly index: Hash;
  readonly snapshot: StoredSnapshot;
  readonly configured: OriginRow;
}

/** What the configured origins say of some packages. */
export interface Listings {
  readonly origins: readonly OriginStanding[];
  /** By any name that hosts have for it: the origin, and the one name under which it is listed. */
  readonly known: ReadonlyMap<OriginId, { readonly id: OriginId; readonly configured: OriginRow }>;
  /** In the indexes in force. */
  readonly listed: readonly Listing[];
  /** In these and in all before them. */
  readonly everListed: readonly Listing[];
}

/** Looks packages up in every index of every configured origin; an index in which they were looked up is not read again. */
export async function readListings(
  db: Db,
  store: ByteStore,
  changes: readonly PackageChange[],
  now: Instant,
): Promise<Listings> {
  const names = [...new Set(changes.map(({ name }) => name))];
  const origins = await listOrigins(db);
  const snapshots = await readSnapshots(
    db,
    origins.map(({ id }) => id),
  );
  const inForce = new Set(origins.map(({ snapshotId }) => snapshotId));
  const recent = origins.flatMap(({ id }) =>
    snapshots.filter(({ originId }) => originId === id).slice(0, SNAPSHOTS_MAX),
  );
  for (const { indexes } of recent) {
    for (const index of indexes) await lookUpOnce(db, store, index, names);
  }
  const everListed = await listingsOf(db, origins, recent, names);
  return {
    origins: origins.flatMap((origin) => standings(origin, snapshots, now)),
    known: new Map(origins.flatMap((origin) => namesOf(origin, snapshots))),
    listed: everListed.filter(({ snapshot }) => inForce.has(snapshot.id)),
    everListed,
  };
}

async function lookUpOnce(
  db: Db,
  store: ByteStore,
  index: { readonly path: string; readonly hash: Hash },
  names: readonly string[],
): Promise<void> {
  const missing = await namesNotLookedUp(db, index.hash, names);
  if (missing.length === 0) return;
  const found = await lookUp(store, index, missing);
  await inTransaction(db, (tx) => storeLookedUp(tx, found));
}

async function listingsOf(
  db: Db,
  origins: readonly OriginRow[],
  snapshots: readonly StoredSnapshot[],
  names: readonly string[],
): Promise<Listing[]> {
  const hashes = [...new Set(snapshots.flatMap(({ indexes }) => indexes.map(({ hash }) => hash)))];
  const rows = Map.groupBy(await readListed(db, hashes, names), ({ index }) => index);
  const listings: Listing[] = [];
  const told = new Set<string>();
  for (const snapshot of snapshots) {
    const configured = origins.find(({ id }) => id === snapshot.originId);
    if (configured === undefined) continue;
    for (const { hash, component } of snapshot.indexes) {
      const origin = idOf(configured, component);
      for (const row of rows.get(hash) ?? []) {
        // An index that stands in many snapshots says the same thing each time; the newest of them speaks for all.
        const key = `${origin} ${hash} ${row.name} ${row.architecture} ${row.version} ${row.sha256}`;
        if (told.has(key)) continue;
        told.add(key);
        // Hashes out of an index that was read by our own reader.
        listings.push({ ...row, sha256: row.sha256 as Hash, origin, snapshot, configured });
      }
    }
  }
  return listings;
}

function standings(origin: OriginRow, snapshots: readonly StoredSnapshot[], now: Instant): OriginStanding[] {
  const snapshot = snapshots.find(({ id }) => id === origin.snapshotId);
  const problem = origin.problem?.code ?? null;
  const expired = snapshot?.validUntil !== undefined && snapshot.validUntil !== null && snapshot.validUntil <= now;
  const without = snapshot === undefined ? (problem ?? 'origin-unreachable') : null;
  const unusable = expired ? 'index-expired' : without;
  return originIds(origin).map((id) => ({ id, unusable, problem }));
}

/** Hosts may say `stable` or `bookworm` for one suite; its signed index says which names are its own. */
function namesOf(
  origin: OriginRow,
  snapshots: readonly StoredSnapshot[],
): [OriginId, { readonly id: OriginId; readonly configured: OriginRow }][] {
  const snapshot = snapshots.find(({ id }) => id === origin.snapshotId);
  const suites = [origin.suite, snapshot?.suite ?? null, snapshot?.codename ?? null];
  const components = origin.components.length === 0 ? [null] : origin.components;
  return suites
    .filter((suite) => suite !== null)
    .flatMap((suite) =>
      components.map((component): [OriginId, { id: OriginId; configured: OriginRow }] => [
        idOf({ ...origin, suite }, component),
        { id: idOf(origin, component), configured: origin },
      ]),
    );
}

function idOf({ place, suite }: Pick<OriginRow, 'place' | 'suite'>, component: string | null): OriginId {
  return component === null ? `${place} ${suite}` : `${place} ${suite}/${component}`;
}
