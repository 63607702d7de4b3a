import { AssetsSet, CHANGE_REFUSALS, type ChangeRefusal } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { z } from 'zod';
import { type JsonValue, json, plainJson, timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';
import type { AssetDifferences } from './asset-change.ts';
import type { BulkAsset, BulkItem, BulkOutcome } from './bulk-decision.ts';

export interface BulkChange {
  readonly id: string;
  readonly kind: 'set' | 'rules' | 'undo';
  readonly actor: string;
  readonly begunAt: Instant;
  readonly requestHash: string;
  readonly keptByHand: number;
  readonly undoes: string | null;
}

/** As it is kept. */
export interface KeptChange extends BulkChange {
  /** How many it is about. */
  readonly assets: number;
}

export async function readBulkChange(db: Reader, id: string): Promise<KeptChange | undefined> {
  return db
    .selectFrom('identification.bulk_change')
    .select(['id', 'kind', 'actor', 'begun_at as begunAt', 'request_hash as requestHash'])
    .select(['kept_by_hand as keptByHand', 'undoes', 'assets'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** False: another request has begun it at the same moment. */
export async function insertBulkChange(tx: Tx, change: BulkChange, items: readonly BulkItem[]): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('identification.bulk_change')
    .values({
      id: change.id,
      kind: change.kind,
      actor: change.actor,
      begun_at: timestamp(change.begunAt),
      request_hash: change.requestHash,
      kept_by_hand: change.keptByHand,
      undoes: change.undoes,
      assets: items.length,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 0n) return false;
  const rows = items.map(({ assetId, fields, versionExpected, byHand }) => ({
    asset_id: assetId,
    fields: plainJson(fields),
    version_expected: versionExpected,
    by_hand: byHand,
  }));
  await sql`
    insert into identification.bulk_change_asset (change_id, asset_id, fields, version_expected, by_hand, name_then)
    select ${change.id}, row.asset_id, row.fields, row.version_expected, row.by_hand, coalesce(asset.name, '')
    from jsonb_to_recordset(${json(rows)}) as row (asset_id uuid, fields jsonb, version_expected integer, by_hand text[])
    left join identification.asset as asset on asset.id = row.asset_id
  `.execute(tx);
  return true;
}

/** One after the other: two that send the same request do not do the same assets. */
export async function lockBulkChange(tx: Tx, id: string): Promise<void> {
  await tx.selectFrom('identification.bulk_change').select('id').where('id', '=', id).forUpdate().execute();
}

/** The next of them that nothing was done to, in the order in which everybody locks assets. */
export async function waitingItems(tx: Tx, changeId: string, limit: number): Promise<BulkItem[]> {
  const rows = await tx
    .selectFrom('identification.bulk_change_asset')
    .select(['asset_id as assetId', 'fields', 'version_expected as versionExpected', 'by_hand as byHand'])
    .where('change_id', '=', changeId)
    .where('outcome', 'is', null)
    .orderBy('asset_id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, fields: AssetsSet.parse(row.fields) }));
}

export async function lockAssets(tx: Tx, ids: readonly string[]): Promise<Map<string, BulkAsset>> {
  return byId(await bulkAssets(tx, ids).forUpdate().execute());
}

export async function readBulkAssets(db: Reader, ids: readonly string[]): Promise<Map<string, BulkAsset>> {
  return byId(await bulkAssets(db, ids).execute());
}

function bulkAssets(db: Reader, ids: readonly string[]) {
  return db
    .selectFrom('identification.asset')
    .select([
      'id',
      'name',
      'kind',
      'criticality',
      'exposure',
      'environment',
      'owner',
      'role',
      'tags',
      'version',
      'ring',
    ])
    .select(['maintenance_group as maintenanceGroup', 'redundancy_groups as redundancyGroups'])
    .select('set_by_hand as setByHand')
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .where('removed_at', 'is', null)
    .orderBy('id');
}

function byId(rows: readonly BulkAsset[]): Map<string, BulkAsset> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** Those of these groups that there are; they then stay until the transaction is over. */
export async function lockMaintenanceGroups(tx: Tx, names: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom('deployment.maintenance_group')
    .select('name')
    .where('name', '=', sql<string>`any(${names}::text[])`)
    .orderBy('name')
    .forKeyShare()
    .execute();
  return new Set(rows.map(({ name }) => name));
}

export async function readMaintenanceGroups(db: Reader): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('deployment.maintenance_group').select('name').execute();
  return new Set(rows.map(({ name }) => name));
}

type Done = readonly (readonly [BulkItem, BulkOutcome])[];

/** The assets of one step in one statement, and what became of each in another. */
export async function storeOutcomes(
  tx: Tx,
  changeId: string,
  done: Done,
  assets: ReadonlyMap<string, BulkAsset>,
): Promise<void> {
  const changed = done.flatMap(([{ assetId }, outcome]) =>
    outcome.outcome === 'changed'
      ? [{ ...outcome.fields, id: assetId, version: outcome.version, setByHand: outcome.setByHand }]
      : [],
  );
  await sql`
    update identification.asset as asset set
      criticality = row.criticality, exposure = row.exposure, environment = row.environment, owner = row.owner,
      role = row.role, tags = row.tags, ring = row.ring, maintenance_group = row."maintenanceGroup",
      redundancy_groups = row."redundancyGroups", version = row.version, set_by_hand = row."setByHand"
    from jsonb_to_recordset(${json(plainJson(changed))}) as row (
      id uuid, criticality text, exposure text, environment text, owner text, role text, tags text[], ring boolean,
      "maintenanceGroup" text, "redundancyGroups" text[], version integer, "setByHand" text[]
    )
    where asset.id = row.id
  `.execute(tx);
  const outcomes = done.map(([{ assetId }, outcome]) => ({
    id: assetId,
    outcome: outcome.outcome,
    why: outcome.outcome === 'refused' ? outcome.why : null,
    changes: outcome.outcome === 'changed' ? outcome.changes : null,
    before: assets.get(assetId)?.setByHand ?? null,
    version: outcome.outcome === 'changed' ? outcome.version : null,
  }));
  await sql`
    update identification.bulk_change_asset as item set
      outcome = row.outcome, why = row.why, changes = row.changes, by_hand_before = row.before, version_after = row.version
    from jsonb_to_recordset(${json(plainJson(outcomes))}) as row (
      id uuid, outcome text, why text, changes jsonb, before text[], version integer
    )
    where item.change_id = ${changeId} and item.asset_id = row.id
  `.execute(tx);
}

interface BulkCounts {
  readonly total: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly remaining: number;
  readonly undoneBy: string | null;
}

export async function countOutcomes(db: Reader, changeId: string): Promise<BulkCounts> {
  const { rows } = await sql<BulkCounts>`
    select count(*) as total,
      count(*) filter (where outcome = 'changed') as changed,
      count(*) filter (where outcome = 'unchanged') as unchanged,
      count(*) filter (where outcome = 'refused') as refused,
      count(*) filter (where outcome is null) as remaining,
      (select id from identification.bulk_change where undoes = ${changeId}) as "undoneBy"
    from identification.bulk_change_asset where change_id = ${changeId}
  `.execute(db);
  return rows[0] ?? { total: 0, changed: 0, unchanged: 0, refused: 0, remaining: 0, undoneBy: null };
}

export interface OutcomeRow {
  readonly assetId: string;
  readonly name: string | null;
  readonly outcome: 'changed' | 'unchanged' | 'refused' | null;
  readonly why: ChangeRefusal | null;
  readonly changes: AssetDifferences | null;
  readonly byHandBefore: readonly string[] | null;
  readonly versionAfter: number | null;
}

const Why = z.enum(CHANGE_REFUSALS).nullable();
const Differences = z.record(z.string(), z.object({ before: z.json(), after: z.json() })).nullable();
/** The refused first, then what was changed: what a person must see. Names are those from when the change began. */
const PLACE = sql`item.rank, item.name_then collate "C", item.asset_id`;
type OutcomePlace = readonly [rank: number, name: string, assetId: string];
type PlacedOutcome = OutcomeRow & { readonly rank: number; readonly nameThen: string };

export async function listOutcomes(
  db: Reader,
  changeId: string,
  { after, limit }: { readonly after: OutcomePlace | undefined; readonly limit: number },
): Promise<PlacedOutcome[]> {
  const { rows } = await sql<PlacedOutcome & { changes: JsonValue; why: string | null }>`
    select item.asset_id as "assetId", asset.name, item.outcome, item.why, item.changes,
      item.by_hand_before as "byHandBefore", item.version_after as "versionAfter", item.rank, item.name_then as "nameThen"
    from (
      select * from identification.bulk_change_asset as item
      where item.change_id = ${changeId}
        and ${after === undefined ? sql`true` : sql`(${PLACE}) > (${after[0]}, ${after[1]}, ${after[2]}::uuid)`}
      order by ${PLACE} limit ${limit}
    ) as item
    left join identification.asset as asset on asset.id = item.asset_id
    order by ${PLACE}
  `.execute(db);
  return rows.map((row) => ({ ...row, why: Why.parse(row.why), changes: Differences.parse(row.changes) }));
}

/** What was changed and is to be given back. */
export async function changedItems(db: Reader, changeId: string): Promise<BulkItem[]> {
  const rows = await db
    .selectFrom('identification.bulk_change_asset')
    .select(['asset_id', 'changes', 'by_hand_before', 'version_after'])
    .where('change_id', '=', changeId)
    .where('outcome', '=', 'changed')
    .orderBy('asset_id')
    .execute();
  return rows.map(({ asset_id, changes, by_hand_before, version_after }) => ({
    assetId: asset_id,
    fields: AssetsSet.parse(
      Object.fromEntries(
        Object.entries(Differences.parse(changes) ?? {}).map(([field, { before }]) => [field, before]),
      ),
    ),
    versionExpected: version_after,
    byHand: by_hand_before ?? [],
  }));
}

export async function removeBulkChangesBefore(tx: Tx, before: Instant): Promise<void> {
  await tx.deleteFrom('identification.bulk_change').where('begun_at', '<', timestamp(before)).execute();
}

export async function closeWaiting(tx: Tx, changeId: string): Promise<void> {
  await tx
    .updateTable('identification.bulk_change_asset')
    .set({ outcome: 'unchanged' })
    .where('change_id', '=', changeId)
    .where('outcome', 'is', null)
    .execute();
}
