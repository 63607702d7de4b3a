import { compileOpenings, type Freeze, type Interval, type ZoneTable } from '@patchsteward/core/plan';
import type { Instant } from '@patchsteward/core/vocabulary';
import { zoneTable } from '@patchsteward/standards/zones';
import type { Reader } from '../platform/database.ts';
import { freezesOf, readFreezeCalendars } from './freeze-store.ts';
import { allGroups, type Group } from './group-store.ts';

/** The windows of a group without what is frozen, as instants, by the rules of its zone that this machine knows. */
export function openingsOf(
  { windows }: Pick<Group, 'windows'>,
  freezes: readonly Freeze[],
  table: ZoneTable,
  { from, until }: Interval,
): Interval[] {
  return compileOpenings({ windows, freezes }, table, from, until);
}

/** Of every group, as the planner takes them. */
export async function windowsOfGroups(
  db: Reader,
  from: Instant,
  until: Instant,
): Promise<Readonly<Record<string, readonly Interval[]>>> {
  const groups = await allGroups(db);
  const calendars = await readFreezeCalendars(db);
  return Object.fromEntries(
    groups.map((group) => [
      group.name,
      openingsOf(group, freezesOf(calendars, group.name), zoneTable(group.zone, from, until), { from, until }),
    ]),
  );
}

/** In whose time people read when their systems go down. */
export async function zonesOfGroups(db: Reader): Promise<Readonly<Record<string, string>>> {
  const groups = await allGroups(db);
  return Object.fromEntries(groups.map(({ name, zone }) => [name, zone]));
}
