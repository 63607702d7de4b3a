import type { Lingering } from '@patchsteward/core/1-identification';
import type { Instant, SectionName, SystemState } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { type JsonText, timestamp } from '../platform/column-types.ts';
import type { Db, Tx } from '../platform/database.ts';
import { type StoredSet, storedSetOf } from './package-set-store.ts';
import { parsedSection } from './section-store.ts';

export type SectionHashes = Readonly<Record<SectionName, string>>;

/** What a check-in says of its host beside the hashes of its sections. */
export interface CheckInFacts {
  readonly assetId: string;
  readonly at: Instant;
  readonly bootId: string | null;
  readonly agentVersion: string;
  readonly sections: SectionHashes;
}

export interface CheckInRow extends CheckInFacts {
  readonly packageSetId: number;
  readonly offerSetId: number;
  readonly rebootNeeded: boolean;
  /** The package and version of the kernel that runs; null: not known. */
  readonly runningKernel: { readonly package: string; readonly version: string } | null;
  readonly sharesKernel: boolean;
  /** The kernel's source version, where it runs since the report before; null: it follows from `runningKernel`. */
  readonly runsOn: number | null;
  readonly lingering: readonly Lingering[];
}

/** The one row that an unchanged host writes. False where anything in its inventory is new. */
export async function touchCheckIn(db: Db, facts: CheckInFacts): Promise<boolean> {
  const touched = await db
    .updateTable('identification.check_in')
    .set({ seen_at: timestamp(facts.at), boot_id: facts.bootId, agent_version: facts.agentVersion })
    .where('asset_id', '=', facts.assetId)
    .where('packages_hash', '=', facts.sections.packages)
    .where('updates_hash', '=', facts.sections.updates)
    .where('origins_hash', '=', facts.sections.origins)
    .where('system_hash', '=', facts.sections.system)
    .returning('asset_id')
    .execute();
  return touched.length > 0;
}

/** What the sections of a check-in mean, all of which are there. */
export interface MeantReport {
  readonly packageSet: StoredSet;
  readonly system: SystemState;
  /** By release; null: one of which nothing can be judged. */
  readonly offerSets: ReadonlyMap<string | null, number>;
  /** The asset was offered the same by the same indexes before, on this release. */
  readonly isOfferedAsBefore: boolean;
}

/** In one question: a report that changed waits for each of them. */
export async function readMeant(db: Db, { assetId, sections }: CheckInFacts): Promise<MeantReport> {
  const { rows } = await sql<MeantRow>`
    select reported.id, reported.ecosystem, reported.release, reported.count_needed,
      (
        select body from identification.section where hash = ${sections.system} and name = 'system'
      ) as system,
      (
        select coalesce(json_agg(json_build_array(scope, id)), '[]') from identification.offer_set
        where hash = ${sections.updates}
      ) as offer_sets,
      exists (
        select from identification.check_in as last
        join identification.package_set as former on former.id = last.package_set_id
        where last.asset_id = ${assetId} and last.updates_hash = ${sections.updates}
          and last.origins_hash = ${sections.origins} and former.scope is not distinct from reported.scope
      ) as as_before
    from identification.package_set as reported where reported.hash = ${sections.packages}
  `.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error(`the section ${sections.packages} is there without its set`);
  return {
    packageSet: storedSetOf(row),
    system: parsedSection('system', row.system),
    offerSets: new Map(row.offer_sets),
    isOfferedAsBefore: row.as_before,
  };
}

interface MeantRow {
  readonly id: number;
  readonly ecosystem: string;
  readonly release: unknown;
  readonly count_needed: boolean;
  readonly system: unknown;
  readonly offer_sets: readonly (readonly [scope: string | null, id: number])[];
  readonly as_before: boolean;
}

/** What the last accepted check-in said. */
export interface FormerCheckIn {
  readonly sections: SectionHashes;
  readonly packageSetId: number;
  readonly bootId: string | null;
  readonly runningSource: number | null;
  readonly lingering: readonly Lingering[];
}

/** undefined before the first. The caller holds the asset. */
export async function readFormerCheckIn(tx: Tx, assetId: string): Promise<FormerCheckIn | undefined> {
  const { rows } = await sql<FormerCheckIn>`
    select json_build_object('packages', packages_hash, 'updates', updates_hash, 'origins', origins_hash,
        'system', system_hash) as sections,
      package_set_id as "packageSetId", boot_id as "bootId", running_source_version_id as "runningSource", lingering
    from identification.check_in where asset_id = ${assetId}
  `.execute(tx);
  return rows[0];
}

export async function writeCheckIn(tx: Tx, row: CheckInRow): Promise<void> {
  const values = {
    seen_at: timestamp(row.at),
    boot_id: row.bootId,
    agent_version: row.agentVersion,
    packages_hash: row.sections.packages,
    updates_hash: row.sections.updates,
    origins_hash: row.sections.origins,
    system_hash: row.sections.system,
    reboot_needed: row.rebootNeeded,
    package_set_id: row.packageSetId,
    offer_set_id: row.offerSetId,
    running_source_version_id: row.runsOn ?? runningSource(row),
    shares_kernel: row.sharesKernel,
    lingering: sql<JsonText>`${JSON.stringify(row.lingering)}::jsonb`,
  };
  await tx
    .insertInto('identification.check_in')
    .values({ asset_id: row.assetId, ...values })
    .onConflict((conflict) => conflict.column('asset_id').doUpdateSet(values))
    .execute();
}

/** An rpm has one name in several versions; a deb of a kernel has its version in its name. */
function runningSource({ packageSetId, runningKernel: kernel }: CheckInRow) {
  if (kernel === null) return null;
  return sql<number | null>`(
    select placed.source_version_id from identification.package_set_source as placed
    join identification.source_version as version on version.id = placed.source_version_id
    where placed.set_id = ${packageSetId} and ${kernel.package} = any(placed.packages)
    order by version.version = ${kernel.version} desc limit 1
  )`;
}
