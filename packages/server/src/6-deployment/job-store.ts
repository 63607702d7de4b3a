import type { LedgerEntry } from '@patchsteward/core/job';
import { type JobState, slotOf } from '@patchsteward/core/job';
import type { PlanKind } from '@patchsteward/core/plan';
import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { json, plainJson, timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';

/** A work order on a host, as its row has it. */
export interface Job {
  readonly key: Hash;
  readonly plan: Hash;
  readonly planKind: PlanKind;
  readonly campaign: string;
  readonly assetId: string;
  readonly version: number;
  readonly state: JobState;
}

const COLUMNS = ['key', 'plan', 'plan_kind', 'campaign', 'asset_id', 'version', 'fold'] as const;

interface JobRow {
  readonly key: string;
  readonly plan: string;
  readonly plan_kind: PlanKind;
  readonly campaign: string;
  readonly asset_id: string;
  readonly version: number;
  readonly fold: unknown;
}

/** Hashes and states are written by this file alone. */
function jobOf(row: JobRow): Job {
  return {
    key: row.key as Hash,
    plan: row.plan as Hash,
    planKind: row.plan_kind,
    campaign: row.campaign,
    assetId: row.asset_id,
    version: row.version,
    state: row.fold as JobState,
  };
}

export async function readJob(reader: Reader, key: string): Promise<Job | undefined> {
  const row = await reader.selectFrom('deployment.job').select(COLUMNS).where('key', '=', key).executeTakeFirst();
  return row === undefined ? undefined : jobOf(row);
}

export async function lockJob(tx: Tx, key: string): Promise<Job | undefined> {
  const row = await tx
    .selectFrom('deployment.job')
    .select(COLUMNS)
    .where('key', '=', key)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? undefined : jobOf(row);
}

/** These jobs, one after the other by key, as everybody locks them. */
export async function lockJobs(tx: Tx, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.selectFrom('deployment.job').select('key').where('key', 'in', keys).orderBy('key').forUpdate().execute();
}

/** The campaigns of these jobs, in the order in which they are locked. A job never moves to another one. */
export async function campaignsOf(reader: Reader, keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const rows = await reader
    .selectFrom('deployment.job')
    .select('campaign')
    .distinct()
    .where('key', 'in', keys)
    .orderBy('campaign')
    .execute();
  return rows.map(({ campaign }) => campaign);
}

/** Jobs of a plan, one after the other by key, as everybody locks them. */
export async function lockPlanJobs(tx: Tx, plan: string): Promise<Job[]> {
  const rows = await tx
    .selectFrom('deployment.job')
    .select(COLUMNS)
    .where('plan', '=', plan)
    .orderBy('key')
    .forUpdate()
    .execute();
  return rows.map(jobOf);
}

/** Jobs of one host in one campaign, as everybody locks them. */
export async function lockHostJobs(tx: Tx, campaign: string, assetId: string): Promise<Job[]> {
  const rows = await tx
    .selectFrom('deployment.job')
    .select(COLUMNS)
    .where('campaign', '=', campaign)
    .where('asset_id', '=', assetId)
    .orderBy('key')
    .forUpdate()
    .execute();
  return rows.map(jobOf);
}

export async function listPlanJobs(reader: Reader, plan: string): Promise<Job[]> {
  const rows = await reader
    .selectFrom('deployment.job')
    .select(COLUMNS)
    .where('plan', '=', plan)
    .orderBy('asset_id')
    .execute();
  return rows.map(jobOf);
}

export async function listCampaignJobs(reader: Reader, campaign: string): Promise<Job[]> {
  const rows = await reader
    .selectFrom('deployment.job')
    .select(COLUMNS)
    .where('campaign', '=', campaign)
    .orderBy('asset_id')
    .execute();
  return rows.map(jobOf);
}

/** Every work order that an asset ever had; the oldest plan first. */
export async function listAssetJobs(reader: Reader, assetId: string): Promise<Job[]> {
  const rows = await reader
    .selectFrom('deployment.job')
    .select(COLUMNS)
    .where('asset_id', '=', assetId)
    .orderBy('epoch')
    .execute();
  return rows.map(jobOf);
}

/** What a host still has to do, or does, over all campaigns; the oldest plan first. */
export async function listOpenJobs(reader: Reader, assetId: string): Promise<Job[]> {
  const rows = await reader
    .selectFrom('deployment.job')
    .select(COLUMNS)
    .where('asset_id', '=', assetId)
    .where('ended', '=', false)
    .orderBy('epoch')
    .execute();
  return rows.map(jobOf);
}

/** `ended`: nothing more comes of it. */
export async function storeJob(tx: Tx, job: Job, ended: boolean, at: Instant): Promise<void> {
  const { state } = job;
  const values = {
    state: state.name,
    ended,
    down: slotOf(job.key, state) !== null,
    unknown_since: state.unknownSince === null ? null : timestamp(state.unknownSince),
    version: job.version,
    fold: json(plainJson(state)),
    updated_at: timestamp(at),
  };
  await tx
    .insertInto('deployment.job')
    .values({
      key: job.key,
      plan: job.plan,
      plan_kind: job.planKind,
      campaign: job.campaign,
      asset_id: job.assetId,
      wave: state.wave,
      epoch: state.epoch,
      groups: [...state.groups],
      ...values,
    })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(values))
    .execute();
}

/** Holds the ledgers of these groups, in one order for everybody: nobody else counts who is down meanwhile. */
export async function lockLedgers(tx: Tx, groups: readonly string[]): Promise<void> {
  const sorted = [...new Set(groups)].sort();
  if (sorted.length === 0) return;
  await tx
    .insertInto('deployment.ledger')
    .values(sorted.map((group) => ({ group })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await tx
    .selectFrom('deployment.ledger')
    .select('group')
    .where('group', 'in', sorted)
    .orderBy('group')
    .forUpdate()
    .execute();
}

/** Everybody in these groups who counts as down, over all campaigns. Read after the ledgers are held. */
export async function readDown(tx: Tx, groups: readonly string[]): Promise<LedgerEntry[]> {
  if (groups.length === 0) return [];
  const { rows } = await sql<JobRow & { readonly current: readonly string[] | null }>`
    select job.key, job.plan, job.plan_kind, job.campaign, job.asset_id, job.version, job.fold,
      asset.redundancy_groups as current
    from deployment.job left join identification.asset on asset.id = job.asset_id
    where job.down and (job.groups && ${groups}::text[] or asset.redundancy_groups && ${groups}::text[])
    order by job.key
  `.execute(tx);
  return rows.flatMap((row) => {
    const { key, state } = jobOf(row);
    const slot = slotOf(key, state);
    // Whoever joined a group since the job was made counts in it as well.
    return slot === null ? [] : [{ ...slot, groups: [...new Set([...slot.groups, ...(row.current ?? [])])] }];
  });
}

/** How many hosts each group has. */
export async function countMembers(reader: Reader, groups: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (groups.length === 0) return new Map();
  const { rows } = await sql<{ name: string; members: number }>`
    select member.name, count(*) as members
    from identification.asset, unnest(redundancy_groups) as member (name)
    where member.name = any(${groups}::text[]) group by member.name
  `.execute(reader);
  return new Map(rows.map(({ name, members }) => [name, members]));
}

export async function readAssetGroups(reader: Reader, assetId: string): Promise<readonly string[]> {
  const row = await reader
    .selectFrom('identification.asset')
    .select('redundancy_groups')
    .where('id', '=', assetId)
    .executeTakeFirst();
  return row?.redundancy_groups ?? [];
}

export async function nextEpoch(tx: Tx): Promise<number> {
  const { rows } = await sql<{ epoch: number }>`select nextval('deployment.epoch') as epoch`.execute(tx);
  const epoch = rows[0]?.epoch;
  if (epoch === undefined) throw new TypeError('a sequence has always a next value');
  return epoch;
}
