import { type AssetFilter, ReleaseBody } from '@patchsteward/contract';
import type { Instant, PackageEcosystem, Release } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import type { Reader } from '../platform/database.ts';
import { conditionOf, FLEET_TABLES, type ListMoment } from './asset-conditions.ts';
import { FINDINGS, KNOWN_EXPLOITED } from './asset-figures.ts';
import type { AssetRow } from './asset-store.ts';

/** An asset with its counts, all of them kept by others: a list computes nothing. */
export interface AssetSummaryRow extends AssetRow {
  readonly firstSeen: Instant;
  readonly origin: 'agent' | 'import' | 'api';
  readonly vendor: string | null;
  readonly product: string | null;
  readonly productVersion: string | null;
  readonly build: string | null;
  readonly listedAt: Instant | null;
  readonly supportScope: string | null;
  readonly seenAt: Instant | null;
  readonly rebootNeeded: boolean | null;
  readonly ecosystem: PackageEcosystem | null;
  readonly release: Release | null;
  readonly packages: number | null;
  readonly findings: number | null;
  readonly knownExploited: number | null;
  readonly judgedAt: Instant | null;
  readonly unjudged: number | null;
  readonly updates: number | null;
  readonly securityUpdates: number | null;
  readonly lane: string | null;
  readonly due: Instant | null;
}

/** One asset, with what leads to the sections that its host reported. */
export interface AssetDetailRow extends AssetSummaryRow {
  readonly agentVersion: string | null;
  readonly packagesHash: string | null;
  readonly systemHash: string | null;
  readonly originsHash: string | null;
}

export async function readAsset(db: Reader, id: string): Promise<AssetDetailRow | undefined> {
  const row = await details(db).where('asset.id', '=', id).where('asset.removed_at', 'is', null).executeTakeFirst();
  return row === undefined ? undefined : rowOf(row);
}

/**
 * All that a filter finds, in the order in which everybody locks them: what is changed by a filter is asked of the
 * database within the transaction that changes it. Lists answer the same question from memory (asset-found.ts).
 */
export async function findAssetIds(
  db: Reader,
  filter: AssetFilter,
  moment: ListMoment,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select asset.id from ${FLEET_TABLES} where ${conditionOf(filter, moment)} order by asset.id limit ${limit}
  `.execute(db);
  return rows.map(({ id }) => id);
}

function details(db: Reader) {
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
      'asset.origin',
      'asset.vendor',
      'asset.product',
      'asset.product_version as productVersion',
      'asset.build',
      'asset.listed_at as listedAt',
      'asset.support_scope as supportScope',
      'check_in.seen_at as seenAt',
      'check_in.agent_version as agentVersion',
      'check_in.reboot_needed as rebootNeeded',
      'check_in.packages_hash as packagesHash',
      'check_in.system_hash as systemHash',
      'check_in.origins_hash as originsHash',
      'package_set.ecosystem',
      'package_set.release',
      'package_set.packages',
      FINDINGS.as('findings'),
      KNOWN_EXPLOITED.as('knownExploited'),
      'package_set.judged_at as judgedAt',
      'package_set.unjudged',
      'offer_set.updates',
      'assessment.security_updates as securityUpdates',
      'assessment.lane',
      'assessment.due',
    ]);
}

type StoredRow = Awaited<ReturnType<ReturnType<typeof details>['execute']>>[number];

function rowOf(row: StoredRow): AssetDetailRow {
  return { ...row, release: row.release === null ? null : ReleaseBody.parse(row.release) };
}
