import { RuleSet } from '@patchsteward/contract';
import { sql } from 'kysely';
import { json, plainJson } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';
import type { BulkAsset } from './bulk-decision.ts';

/** A rule as it is kept; in its place in the order. */
export interface RuleRow {
  readonly id: string;
  readonly pattern: string;
  readonly note: string | null;
  readonly set: RuleSet;
  readonly version: number;
}

export async function readRules(db: Reader): Promise<RuleRow[]> {
  const rows = await db
    .selectFrom('identification.asset_rule')
    .select(['id', 'pattern', 'note', 'fields', 'version'])
    .orderBy('position')
    .orderBy('id')
    .execute();
  return rows.map(({ fields, ...row }) => ({ ...row, set: RuleSet.parse(fields) }));
}

/** Their order is one thing: whoever changes a rule waits for whoever changes another. */
export async function lockRules(tx: Tx): Promise<RuleRow[]> {
  // A table without rows has nothing to lock.
  await sql`lock table identification.asset_rule in share row exclusive mode`.execute(tx);
  return readRules(tx);
}

/** Writes the whole list: it is short, and so its positions have no holes. */
export async function storeRules(tx: Tx, rules: readonly RuleRow[]): Promise<void> {
  await tx.deleteFrom('identification.asset_rule').execute();
  if (rules.length === 0) return;
  await tx
    .insertInto('identification.asset_rule')
    .values(rules.map(({ set, ...rule }, index) => ({ ...rule, fields: json(plainJson(set)), position: index + 1 })))
    .execute();
}

export async function listAssetNames(db: Reader): Promise<string[]> {
  const rows = await db.selectFrom('identification.asset').select('name').execute();
  return rows.map(({ name }) => name);
}

/** The next assets after one, by id, with what rules may say of them. */
export async function assetsAfter(db: Reader, after: string | undefined, limit: number): Promise<BulkAsset[]> {
  let query = db
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
    .orderBy('id')
    .limit(limit);
  if (after !== undefined) query = query.where('id', '>', after);
  return query.execute();
}
