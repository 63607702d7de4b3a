import { type AssetFilter, type AssetSort, ReleaseBody } from '@patchsteward/contract';
import type { Instant, Release } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import type { Reader } from '../platform/database.ts';
import { conditionOf, FLEET_TABLES } from './asset-conditions.ts';
import { type AssetPlace, afterPlace, firstIn, orderOf } from './asset-order.ts';
import type { AssetRow } from './asset-store.ts';

/** An asset with its counts, all of them kept by others: a list computes nothing. */
export interface AssetSummaryRow extends AssetRow {
  readonly firstSeen: Instant;
  readonly seenAt: Instant | null;
  readonly agentVersion: string | null;
  readonly rebootNeeded: boolean | null;
  readonly packagesHash: string | null;
  readonly systemHash: string | null;
  readonly originsHash: string | null;
  readonly release: Release | null;
  readonly packages: number | null;
  readonly findings: number | null;
  readonly knownExploited: number | null;
  readonly judgedAt: Instant | null;
  readonly updates: number | null;
  readonly securityUpdates: number | null;
  readonly lane: string | null;
  readonly due: Instant | null;
}

export interface AssetListQuery {
  readonly filter: AssetFilter;
  readonly sort: AssetSort;
  readonly after: AssetPlace | undefined;
  readonly skip: number;
  readonly limit: number;
}

interface AssetRows {
  readonly rows: readonly AssetSummaryRow[];
  /** All that the filter leaves. */
  readonly total: number;
}

/**
 * The ids of a page are found first, and only its rows are put together. What a filter leaves is looked through once, for
 * the page and for the total; the whole fleet by name comes from its index.
 */
export async function listAssets(db: Reader, query: AssetListQuery, now: Instant): Promise<AssetRows> {
  const { filter, sort } = query;
  const whole = sort === 'name' && Object.values(filter).every((word) => word === undefined);
  const found = whole ? pageByName(query) : pageOfFound(query, now);
  const [rows, counted] = await Promise.all([
    summaries(db)
      .innerJoin(found.as('found'), (join) => join.onRef('found.id', '=', 'asset.id'))
      .select('found.total')
      .orderBy('found.place')
      .execute(),
    whole ? countAssets(db, filter, now) : null,
  ]);
  // A page without rows carries no total.
  const total = counted ?? rows[0]?.total ?? (await countAssets(db, filter, now));
  return { rows: rows.map(rowOf), total };
}

function pageByName({ after, skip, limit }: AssetListQuery) {
  const order = orderOf('name');
  return sql<FoundRow>`(
    select id, row_number() over (order by ${order}) as place, 0 as total from identification.asset
    where ${after === undefined ? sql`true` : afterPlace(after)}
    order by ${order} limit ${limit} offset ${skip}
  )`;
}

function pageOfFound({ filter, sort, after, skip, limit }: AssetListQuery, now: Instant) {
  const order = orderOf(sort);
  return sql<FoundRow>`(
    with found as materialized (
      select asset.id, asset.name, ${firstIn(sort)} as first from ${FLEET_TABLES} where ${conditionOf(filter, now)}
    )
    select id, row_number() over (order by ${order}) as place, (select count(*) from found) as total from found
    where ${after === undefined ? sql`true` : afterPlace(after)}
    order by ${order} limit ${limit} offset ${skip}
  )`;
}

interface FoundRow {
  readonly id: string;
  readonly place: number;
  readonly total: number;
}

export async function readAsset(db: Reader, id: string): Promise<AssetSummaryRow | undefined> {
  const row = await summaries(db).where('asset.id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : rowOf(row);
}

async function countAssets(db: Reader, filter: AssetFilter, now: Instant): Promise<number> {
  const { rows } = await sql<{ assets: number }>`
    select count(*) as assets from ${FLEET_TABLES} where ${conditionOf(filter, now)}
  `.execute(db);
  return rows[0]?.assets ?? 0;
}

/** All that a filter finds, in the order in which everybody locks them. */
export async function findAssetIds(db: Reader, filter: AssetFilter, now: Instant, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select asset.id from ${FLEET_TABLES} where ${conditionOf(filter, now)} order by asset.id limit ${limit}
  `.execute(db);
  return rows.map(({ id }) => id);
}

function summaries(db: Reader) {
  return db
    .selectFrom('identification.asset as asset')
    .leftJoin('identification.check_in as check_in', 'check_in.asset_id', 'asset.id')
    .leftJoin('identification.package_set as package_set', 'package_set.id', 'check_in.package_set_id')
    .leftJoin('identification.offer_set as offer_set', 'offer_set.id', 'check_in.offer_set_id')
    .leftJoin('evaluation.assessment as assessment', 'assessment.asset_id', 'asset.id')
    .select([
      'asset.id',
      'asset.name',
      'asset.kind',
      'asset.criticality',
      'asset.exposure',
      'asset.environment',
      'asset.owner',
      'asset.role',
      'asset.tags',
      'asset.version',
      'asset.maintenance_group as maintenanceGroup',
      'asset.redundancy_groups as redundancyGroups',
      'asset.ring',
      'asset.first_seen as firstSeen',
      'check_in.seen_at as seenAt',
      'check_in.agent_version as agentVersion',
      'check_in.reboot_needed as rebootNeeded',
      'check_in.packages_hash as packagesHash',
      'check_in.system_hash as systemHash',
      'check_in.origins_hash as originsHash',
      'package_set.release',
      'package_set.packages',
      'package_set.findings',
      'package_set.known_exploited as knownExploited',
      'package_set.judged_at as judgedAt',
      'offer_set.updates',
      'assessment.security_updates as securityUpdates',
      'assessment.lane',
      'assessment.due',
    ]);
}

type StoredRow = Awaited<ReturnType<ReturnType<typeof summaries>['execute']>>[number];

function rowOf(row: StoredRow): AssetSummaryRow {
  return { ...row, release: row.release === null ? null : ReleaseBody.parse(row.release) };
}
