import { ReleaseBody } from '@patchsteward/contract';
import type { Instant, Release } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import type { Reader } from '../platform/database.ts';
import type { AssetRow } from './asset-store.ts';
import { patternsOf } from './memory-page.ts';

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

export interface AssetPageQuery {
  readonly search: string | undefined;
  readonly after: readonly [name: string, id: string] | undefined;
  readonly limit: number;
}

export async function listAssets(db: Reader, { search, after, limit }: AssetPageQuery): Promise<AssetSummaryRow[]> {
  let query = summaries(db).orderBy(sql`asset.name collate "C"`).orderBy('asset.id').limit(limit);
  if (search !== undefined) query = query.where(matches(search));
  if (after !== undefined)
    query = query.where(sql<boolean>`(asset.name collate "C", asset.id) > (${after[0]}, ${after[1]}::uuid)`);
  return (await query.execute()).map(rowOf);
}

export async function readAsset(db: Reader, id: string): Promise<AssetSummaryRow | undefined> {
  const row = await summaries(db).where('asset.id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : rowOf(row);
}

export async function countAssets(db: Reader, search: string | undefined): Promise<number> {
  let query = db.selectFrom('identification.asset as asset').select(({ fn }) => fn.countAll<number>().as('assets'));
  if (search !== undefined) {
    query = query
      .leftJoin('identification.check_in as check_in', 'check_in.asset_id', 'asset.id')
      .leftJoin('identification.package_set as package_set', 'package_set.id', 'check_in.package_set_id')
      .where(matches(search));
  }
  return (await query.executeTakeFirstOrThrow()).assets;
}

/** Every word must be somewhere in name, owner, role, tags, groups or release. */
function matches(search: string) {
  return sql<boolean>`concat_ws(
    ' ', asset.name, asset.owner, asset.role, array_to_string(asset.tags, ' '),
    asset.maintenance_group, array_to_string(asset.redundancy_groups, ' '), package_set.scope, package_set.release ->> 'prettyName'
  ) ilike all (${patternsOf(search)}::text[])`;
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
