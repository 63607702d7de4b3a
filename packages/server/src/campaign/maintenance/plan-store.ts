import { CycleRuleBody } from '@patchsteward/contract';
import type { CycleRule } from '@patchsteward/core/plan';
import type { Instant } from '@patchsteward/core/vocabulary';
import { json, plainJson, timestamp } from '../../platform/column-types.ts';
import type { Reader, Tx } from '../../platform/database.ts';

/** What asks for the routine campaign of its groups again and again. */
export interface PlanRow {
  readonly name: string;
  readonly groups: readonly string[];
  readonly zone: string;
  readonly rule: CycleRule;
  readonly leadDays: number;
  readonly opensAt: string;
  readonly asked: readonly string[];
  readonly version: number;
  /** Turns that opened until then were told. */
  readonly followedUntil: Instant;
  readonly paused: { readonly at: Instant; readonly by: string; readonly why: string } | null;
}

/** Nobody keeps more apart: a plan may hold a hundred groups. */
const PLANS_MAX = 200;

export async function readPlans(reader: Reader): Promise<PlanRow[]> {
  const rows = await reader
    .selectFrom('campaign.maintenance_plan')
    .selectAll()
    .orderBy('name')
    .limit(PLANS_MAX)
    .execute();
  return rows.map(rowOf);
}

export async function readMaintenancePlan(reader: Reader, name: string): Promise<PlanRow | undefined> {
  const row = await reader
    .selectFrom('campaign.maintenance_plan')
    .selectAll()
    .where('name', '=', name)
    .executeTakeFirst();
  return row === undefined ? undefined : rowOf(row);
}

/** Whoever tells, takes or changes a turn comes here first, and one after the other. */
export async function lockPlan(tx: Tx, name: string): Promise<PlanRow | undefined> {
  const row = await tx
    .selectFrom('campaign.maintenance_plan')
    .selectAll()
    .where('name', '=', name)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? undefined : rowOf(row);
}

interface StoredRow extends Omit<PlanRow, 'rule' | 'leadDays' | 'opensAt' | 'followedUntil' | 'paused'> {
  readonly rule: unknown;
  readonly lead_days: number;
  readonly opens_at: string;
  readonly followed_until: Instant;
  readonly paused_at: Instant | null;
  readonly paused_by: string | null;
  readonly paused_why: string | null;
}

function rowOf(row: StoredRow): PlanRow {
  const { name, groups, zone, asked, version, paused_at, paused_by, paused_why } = row;
  return {
    ...{ name, groups, zone, asked, version },
    ...{ leadDays: row.lead_days, opensAt: row.opens_at, followedUntil: row.followed_until },
    rule: CycleRuleBody.parse(row.rule),
    paused: paused_at === null ? null : { at: paused_at, by: paused_by ?? '', why: paused_why ?? '' },
  };
}

/** False: somebody made one of this name at the same moment. */
export async function insertPlan(tx: Tx, plan: PlanRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('campaign.maintenance_plan')
    .values({ name: plan.name, ...columnsOf(plan) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

export async function updatePlan(tx: Tx, plan: PlanRow): Promise<void> {
  await tx.updateTable('campaign.maintenance_plan').set(columnsOf(plan)).where('name', '=', plan.name).execute();
}

export async function deletePlan(tx: Tx, name: string): Promise<void> {
  await tx.deleteFrom('campaign.maintenance_plan').where('name', '=', name).execute();
}

function columnsOf({ groups, zone, rule, leadDays, opensAt, asked, version, followedUntil, paused }: PlanRow) {
  return {
    ...{ groups: [...groups], zone, asked: [...asked], version, lead_days: leadDays, opens_at: opensAt },
    rule: json(plainJson(rule)),
    followed_until: timestamp(followedUntil),
    paused_at: paused === null ? null : timestamp(paused.at),
    paused_by: paused?.by ?? null,
    paused_why: paused?.why ?? null,
  };
}
