import type { MaintenanceGroup } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import { z } from 'zod';
import type { Corridor } from '../platform/corridor.ts';
import type { Db } from '../platform/database.ts';
import { actorOf } from '../platform/http/actor.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { decodeCursor, encodeCursor } from '../platform/http/cursor.ts';
import { type FreezeCalendarRow, freezesOf, readFreezeCalendars } from './freeze-store.ts';
import { nextOf } from './group-next.ts';
import { changeGroup, noSuchGroup, removeGroup } from './group-perform.ts';
import { countGroups, type GroupRow, listGroups, readGroup } from './group-store.ts';

type GroupRouteId = 'group.list' | 'group.set' | 'group.remove';

const GroupCursor = z.tuple([z.string()]);

export function groupRoutes({
  db,
  corridor,
}: {
  readonly db: Db;
  readonly corridor: Corridor;
}): Handlers<GroupRouteId> {
  return {
    'group.list': async ({ query, now }) => {
      const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, GroupCursor)[0];
      // One more than asked for says whether there is a next page.
      const calendars = await readFreezeCalendars(db);
      const rows = await listGroups(db, { after, limit: query.limit + 1 });
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: shown.map((row) => groupBody(row, calendars, now)),
        next: last === undefined || rows.length === shown.length ? null : encodeCursor([last.name]),
        total: await countGroups(db),
      };
    },
    'group.set': async ({ params, body, principal, now }) => {
      await changeGroup(corridor, params.name, body, { actor: actorOf(principal), at: now });
      const row = await readGroup(db, params.name);
      if (row === undefined) throw noSuchGroup(params.name);
      return groupBody(row, await readFreezeCalendars(db), now);
    },
    'group.remove': async ({ params, principal, now }) => {
      await removeGroup(corridor, params.name, { actor: actorOf(principal), at: now });
      return {};
    },
  };
}

function groupBody(row: GroupRow, calendars: readonly FreezeCalendarRow[], now: Instant): MaintenanceGroup {
  return { ...row, windows: [...row.windows], ...nextOf(row, freezesOf(calendars, row.name), now) };
}
