import type { GroupTimes } from '@patchsteward/core/2-evaluation';
import { frozenSpans } from '@patchsteward/core/plan';
import { DAY_MS, type Instant } from '@patchsteward/core/vocabulary';
import { zoneTable } from '@patchsteward/standards/zones';
import type { Reader } from '../platform/database.ts';
import { freezesOf, readFreezeCalendars } from './freeze-store.ts';
import { readGroup } from './group-store.ts';
import { openingsOf } from './group-windows.ts';

/** A monthly window, and a freeze between two of them. */
const BEFORE_MS = 62 * DAY_MS;
const AHEAD_MS = 400 * DAY_MS;

/** The windows of a group around now, and the freezes that hold; null: there is no such group any more. */
export async function groupTimes(reader: Reader, name: string, now: Instant): Promise<GroupTimes | null> {
  const group = await readGroup(reader, name);
  if (group === undefined) return null;
  const calendars = await readFreezeCalendars(reader);
  const span = { from: now - BEFORE_MS, until: now + AHEAD_MS };
  const table = zoneTable(group.zone, span.from, span.until);
  const open = openingsOf(group, freezesOf(calendars, name), table, span);
  const closed = open.filter(({ until }) => until <= now).map(({ until }) => until);
  return {
    group: name,
    closedAt: closed.length === 0 ? null : Math.max(...closed),
    opensAt: open.find(({ from }) => from > now)?.from ?? null,
    isOpen: open.some(({ from, until }) => from <= now && now < until),
    freezes: calendars
      .filter(({ groups }) => groups === null || groups.includes(name))
      .flatMap(({ freezes }) => freezes)
      .flatMap(({ title, freeze }) => frozenSpans([freeze], table).map((frozen) => ({ title, ...frozen })))
      .filter(({ from, until }) => from <= now && now < until)
      .map(({ title, from, until }) => ({ title, from, until })),
  };
}
