import { WindowBody } from '@patchsteward/contract';
import type { WindowRule } from '@patchsteward/core/plan';
import { sql } from 'kysely';
import { z } from 'zod';
import { json } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';

/** Assets that may go down at the same times. // SOP P6.1, checklist c12 */
export interface Group {
  readonly name: string;
  readonly zone: string;
  readonly windows: readonly WindowRule[];
  readonly version: number;
}

export interface GroupRow extends Group {
  readonly assets: number;
}

const StoredWindows = z.array(WindowBody);

export async function listGroups(
  db: Reader,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<GroupRow[]> {
  let query = groups(db).orderBy(sql`maintenance_group.name collate "C"`).limit(limit);
  if (after !== undefined) query = query.where(sql<boolean>`maintenance_group.name collate "C" > ${after}`);
  return (await query.execute()).map(rowOf);
}

/** Far more than anybody keeps apart; one query reads them all. */
const GROUPS_MAX = 10_000;

export async function allGroups(db: Reader): Promise<GroupRow[]> {
  return listGroups(db, { after: undefined, limit: GROUPS_MAX });
}

export async function readGroup(db: Reader, name: string): Promise<GroupRow | undefined> {
  const row = await groups(db).where('maintenance_group.name', '=', name).executeTakeFirst();
  return row === undefined ? undefined : rowOf(row);
}

export async function countGroups(db: Reader): Promise<number> {
  const counted = db.selectFrom('deployment.maintenance_group').select(({ fn }) => fn.countAll<number>().as('groups'));
  return (await counted.executeTakeFirstOrThrow()).groups;
}

/** The zone of each group, by its name. */
export async function readZones(db: Reader): Promise<Readonly<Record<string, string>>> {
  const rows = await db.selectFrom('deployment.maintenance_group').select(['name', 'zone']).execute();
  return Object.fromEntries(rows.map(({ name, zone }) => [name, zone]));
}

function groups(db: Reader) {
  return db
    .selectFrom('deployment.maintenance_group as maintenance_group')
    .select(['maintenance_group.name', 'maintenance_group.zone', 'maintenance_group.windows'])
    .select(['maintenance_group.version'])
    .select((build) =>
      build
        .selectFrom('identification.asset as asset')
        .select(build.fn.countAll<number>().as('assets'))
        .whereRef('asset.maintenance_group', '=', 'maintenance_group.name')
        .as('assets'),
    );
}

type StoredRow = Awaited<ReturnType<ReturnType<typeof groups>['execute']>>[number];

function rowOf({ assets, windows, ...row }: StoredRow): GroupRow {
  return { ...row, windows: StoredWindows.parse(windows), assets: assets ?? 0 };
}

export async function lockGroup(tx: Tx, name: string): Promise<Group | undefined> {
  const row = await tx
    .selectFrom('deployment.maintenance_group')
    .selectAll()
    .where('name', '=', name)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, windows: StoredWindows.parse(row.windows) };
}

/** False: somebody made a group of this name at the same moment. */
export async function insertGroup(tx: Tx, { name, zone, windows, version }: Group): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('deployment.maintenance_group')
    .values({ name, zone, windows: windowsColumn(windows), version })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

export async function updateGroup(tx: Tx, { name, zone, windows, version }: Group): Promise<void> {
  await tx
    .updateTable('deployment.maintenance_group')
    .set({ zone, windows: windowsColumn(windows), version })
    .where('name', '=', name)
    .execute();
}

export async function deleteGroup(tx: Tx, name: string): Promise<void> {
  await tx.deleteFrom('deployment.maintenance_group').where('name', '=', name).execute();
}

function windowsColumn(windows: readonly WindowRule[]) {
  return json(windows.map((window) => ({ ...window })));
}
