import { ReleaseBody } from '@patchsteward/contract';
import type { Lifecycle } from '@patchsteward/core/1-identification';
import type { Instant, PackageEcosystem, Release } from '@patchsteward/core/vocabulary';
import { type RawBuilder, sql } from 'kysely';
import type { JsonValue } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';
import type { AssetRow } from './asset-store.ts';

export interface ViewAsset extends AssetRow {
  readonly firstSeen: Instant;
  readonly origin: 'agent' | 'import' | 'api';
  readonly vendor: string | null;
  readonly product: string | null;
  readonly productVersion: string | null;
  readonly build: string | null;
  readonly listedAt: Instant | null;
  /** The release that its product is; null: none is certain. */
  readonly supportScope: string | null;
}

export interface ViewCheckIn {
  readonly assetId: string;
  readonly seenAt: Instant;
  readonly rebootNeeded: boolean;
  readonly packageSet: number;
  readonly offerSet: number;
  /** The source version of the kernel that runs; null: not known. */
  readonly runningSource: number | null;
  /** None of its own kernels runs. */
  readonly sharesKernel: boolean;
  /** Source versions that were replaced and still run. */
  readonly lingering: readonly number[];
  /** Which machine it says that it is; null: it does not say. */
  readonly machineId: string | null;
}

export interface ViewAssessment {
  readonly assetId: string;
  readonly lane: string | null;
  readonly due: Instant | null;
  readonly securityUpdates: number | null;
  /** What the asset is exposed to, and of which state of which set; null: it was not counted. */
  readonly findings: number | null;
  readonly knownExploited: number | null;
  readonly packageSet: number;
  readonly revision: number;
}

export interface ViewPackageSet {
  readonly id: number;
  readonly ecosystem: PackageEcosystem;
  readonly scope: string | null;
  readonly release: Release;
  readonly packages: number;
  readonly findings: number;
  readonly knownExploited: number;
  readonly judgedAt: Instant | null;
  /** Packages of a list of components that nobody judges. */
  readonly unjudged: number;
  /** Grows with every count. */
  readonly revision: number;
}

/** An offer set never changes. */
export interface ViewOfferSet {
  readonly id: number;
  readonly updates: number | null;
}

export interface ViewFeed {
  readonly feed: string;
  readonly scope: string;
}

/** Up to where the database was seen. */
export interface ViewMark {
  /** Which transactions were committed. */
  readonly snapshot: string;
  /** The last transaction that removed something. */
  readonly removal: string;
}

export interface ViewRows {
  readonly assets: readonly ViewAsset[];
  readonly checkIns: readonly ViewCheckIn[];
  readonly assessments: readonly ViewAssessment[];
  readonly offerSets: readonly ViewOfferSet[];
}

type Condition = RawBuilder<boolean>;
type StoredSet = Omit<ViewPackageSet, 'release'> & { readonly release: JsonValue };

function instant(column: string): RawBuilder<unknown> {
  return sql`floor(extract(epoch from ${sql.ref(column)}) * 1000)::bigint`;
}

const ASSETS = sql`
  select id, name, kind, criticality, exposure, environment, owner, role, tags, version, ring,
    maintenance_group as "maintenanceGroup", redundancy_groups as "redundancyGroups", ${instant('first_seen')} as "firstSeen",
    origin, vendor, product, product_version as "productVersion", build, ${instant('listed_at')} as "listedAt",
    support_scope as "supportScope"
  from (select * from identification.asset where removed_at is null) as asset`;
const CHECK_IN_COLUMNS = sql`
  select asset_id as "assetId", ${instant('seen_at')} as "seenAt", reboot_needed as "rebootNeeded",
    package_set_id as "packageSet", offer_set_id as "offerSet", running_source_version_id as "runningSource",
    shares_kernel as "sharesKernel", jsonb_path_query_array(lingering, '$[*].version') as lingering,
    machine_id as "machineId"`;
const CHECK_INS = sql`${CHECK_IN_COLUMNS} from identification.check_in`;
const ASSESSMENTS = sql`
  select asset_id as "assetId", lane, ${instant('due')} as due, security_updates as "securityUpdates", findings,
    known_exploited as "knownExploited", package_set_id as "packageSet", set_revision as revision
  from evaluation.assessment`;
const PACKAGE_SETS = sql`
  select id, ecosystem, scope, release, packages, findings, known_exploited as "knownExploited", ${instant('judged_at')} as "judgedAt",
    unjudged, revision
  from identification.package_set`;
const OFFER_SETS = sql`select id, updates from identification.offer_set`;

/** All of them as one JSON text: it is read in a fraction of the time that rows take. */
function asJson(rows: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select coalesce(json_agg(row), '[]') from (${rows}) as row)`;
}

/** Of platforms all, of products those that an asset is. */
const USED_LIFECYCLES = sql`
  select scope, phase, ends from identification.lifecycle where scope not like 'product:%'
  union all
  select lifecycle.scope, phase, ends from identification.lifecycle
  where scope like 'product:%'
    and scope in (select support_scope from identification.asset where support_scope is not null)`;

const MARK = sql`
  pg_current_snapshot()::text as snapshot,
  (select removed_in::text from identification.asset_removal) as removal,
  ${asJson(sql`select feed, scope from identification.feed_scope order by feed, scope`)} as feeds,
  ${asJson(sql`select scope, phase, ${instant('ends')} as ends from (${USED_LIFECYCLES}) as lifecycle order by scope, phase, ends`)} as lifecycles`;

/** Small tables that are read as a whole each time. */
interface ViewKnowledge {
  readonly feeds: readonly ViewFeed[];
  readonly lifecycles: readonly Lifecycle[];
}

export interface ViewChanges extends ViewMark, ViewKnowledge, Omit<ViewRows, 'offerSets'> {
  readonly packageSets: readonly ViewPackageSet[];
}

/**
 * Check-ins have no index of their changes: a host that reports nothing new would write into it each time. All of them are
 * looked through, and the mark stands behind seven columns of any length. `xmin`, the transaction that wrote the row, stands
 * before all of them, and costs half. It is never older than the mark, and its age is counted round: what is too old for
 * that comes through and is told apart by the mark. Offset: the planner would put the two looks into one. Who sees what the
 * mark saw need not look: a quiet fleet is not gone through again and again.
 */
function checkInsWrittenSince(snapshot: string): RawBuilder<unknown> {
  return sql`${CHECK_IN_COLUMNS} from (
    select * from identification.check_in
    where pg_current_snapshot()::text <> ${snapshot}
      and age(xmin) <= (select age(pg_snapshot_xmin(${snapshot}::pg_snapshot)::xid)) offset 0
  ) as check_in`;
}

/**
 * What was committed since a mark, up to `limit` rows of each kind. A row that is visible now and was written by a
 * transaction that the mark did not see is new or changed; the marks of a restored database may lie in the future.
 */
export async function readViewChanges(db: Reader, since: ViewMark, limit: number): Promise<ViewChanges> {
  const changed = sql<boolean>`
    changed_in >= pg_snapshot_xmin(${since.snapshot}::pg_snapshot)
    and changed_in < pg_snapshot_xmax(pg_current_snapshot())
    and not pg_visible_in_snapshot(changed_in, ${since.snapshot}::pg_snapshot)
    limit ${limit}`;
  const { rows } = await sql<Omit<ViewChanges, 'packageSets'> & { readonly packageSets: readonly StoredSet[] }>`
    select ${MARK},
      ${asJson(sql`${ASSETS} where ${changed}`)} as assets,
      ${asJson(sql`${checkInsWrittenSince(since.snapshot)} where ${changed}`)} as "checkIns",
      ${asJson(sql`${ASSESSMENTS} where ${changed}`)} as assessments,
      ${asJson(sql`${PACKAGE_SETS} where ${changed}`)} as "packageSets"
  `.execute(db);
  const [row] = rows;
  if (row === undefined) throw new TypeError('a select without a table gives one row');
  return { ...row, packageSets: row.packageSets.map(packageSetOf) };
}

/** Of a transaction that sees one state of the database from its first statement on. */
export async function readViewMark(tx: Tx): Promise<ViewMark & ViewKnowledge> {
  const { rows } = await sql<ViewMark & ViewKnowledge>`select ${MARK}`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new TypeError('a select without a table gives one row');
  return row;
}

export async function readViewAssets(tx: Tx, after: string | null, limit: number): Promise<readonly ViewAsset[]> {
  return readJson<ViewAsset>(tx, sql`${ASSETS} where ${isAfter('id', after)} order by id limit ${limit}`);
}

export async function readViewCheckIns(tx: Tx, after: string | null, limit: number): Promise<readonly ViewCheckIn[]> {
  const page = sql`${CHECK_INS} where ${isAfter('asset_id', after)} order by asset_id limit ${limit}`;
  return readJson<ViewCheckIn>(tx, page);
}

export async function readViewAssessments(
  tx: Tx,
  after: string | null,
  limit: number,
): Promise<readonly ViewAssessment[]> {
  const page = sql`${ASSESSMENTS} where ${isAfter('asset_id', after)} order by asset_id limit ${limit}`;
  return readJson<ViewAssessment>(tx, page);
}

export async function readViewPackageSets(db: Reader, ids: readonly number[]): Promise<readonly ViewPackageSet[]> {
  const sets = await readJson<StoredSet>(db, sql`${PACKAGE_SETS} where id = any(${ids}::integer[])`);
  return sets.map(packageSetOf);
}

export async function readViewOfferSets(db: Reader, ids: readonly number[]): Promise<readonly ViewOfferSet[]> {
  return readJson<ViewOfferSet>(db, sql`${OFFER_SETS} where id = any(${ids}::integer[])`);
}

function isAfter(column: string, after: string | null): Condition {
  return after === null ? sql<boolean>`true` : sql<boolean>`${sql.ref(column)} > ${after}::uuid`;
}

async function readJson<Row>(db: Reader, page: RawBuilder<unknown>): Promise<readonly Row[]> {
  const { rows } = await sql<{ readonly page: readonly Row[] }>`select ${asJson(page)} as page`.execute(db);
  return rows[0]?.page ?? [];
}

function packageSetOf(set: StoredSet): ViewPackageSet {
  return { ...set, release: ReleaseBody.parse(set.release) };
}
