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

/**
 * How many assets each pattern fits, as `globMatches` says it. Up to its first sign that stands for others a pattern is
 * looked up in the index over names: a hundred rules are no hundred walks through the fleet. Of `web-*` the index says it
 * all.
 */
export async function countFitting(db: Reader, patterns: readonly string[]): Promise<number[]> {
  const prefixes = patterns.map((pattern) => pattern.toLowerCase().replace(/[*?].*$/su, ''));
  const likes = patterns.map((pattern) => (BEGINNING.test(pattern) ? null : likeOf(pattern)));
  const { rows } = await sql<{ assets: number }>`
    select (
      select count(*) from identification.asset
      where lower(name) collate "C" >= asked.prefix
        -- The last character that there is.
        and lower(name) collate "C" <= asked.prefix || repeat(chr(1114111), 8)
        and (asked.pattern is null or lower(name) collate "C" like asked.pattern) and removed_at is null
    ) as assets
    from unnest(${prefixes}::text[], ${likes}::text[]) with ordinality as asked (prefix, pattern, place)
    order by asked.place
  `.execute(db);
  return rows.map(({ assets }) => assets);
}

/** A pattern that everything fits that begins so. */
const BEGINNING = /^[^*?]*\*$/su;

/** A pattern of rules as `like` knows it. */
function likeOf(pattern: string): string {
  return pattern
    .toLowerCase()
    .replaceAll(/[\\%_]/g, '\\$&')
    .replaceAll('*', '%')
    .replaceAll('?', '_');
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
    .where('removed_at', 'is', null)
    .orderBy('id')
    .limit(limit);
  if (after !== undefined) query = query.where('id', '>', after);
  return query.execute();
}
