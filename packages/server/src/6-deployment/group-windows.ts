import { compileWindows, type Interval, type ZoneTable } from '@patchsteward/core/plan';
import type { Instant } from '@patchsteward/core/vocabulary';
import { zoneTable } from '@patchsteward/standards/zones';
import type { Reader } from '../platform/database.ts';
import { type Group, listGroups } from './group-store.ts';

/** Far more than anybody keeps apart; one query reads them all. */
const GROUPS_MAX = 10_000;

/** The windows of a group as instants, by the rules of its zone that this machine knows. */
export function openingsOf(
  { windows }: Pick<Group, 'windows'>,
  table: ZoneTable,
  { from, until }: Interval,
): Interval[] {
  return compileWindows(windows, table, from, until);
}

/** Of every group, as the planner takes them. */
export async function windowsOfGroups(
  db: Reader,
  from: Instant,
  until: Instant,
): Promise<Readonly<Record<string, readonly Interval[]>>> {
  const groups = await listGroups(db, { after: undefined, limit: GROUPS_MAX });
  return Object.fromEntries(
    groups.map((group) => [group.name, openingsOf(group, zoneTable(group.zone, from, until), { from, until })]),
  );
}

/** In whose time people read when their systems go down. */
export async function zonesOfGroups(db: Reader): Promise<Readonly<Record<string, string>>> {
  const groups = await listGroups(db, { after: undefined, limit: GROUPS_MAX });
  return Object.fromEntries(groups.map(({ name, zone }) => [name, zone]));
}
