import type { FreezeCalendar } from '@patchsteward/contract';
import { type FreezeCalendarRow, freezeBody } from './freeze-store.ts';

export function freezeCalendarBody(row: FreezeCalendarRow): FreezeCalendar {
  const { id, name, groups, goesOn, importedBy } = row;
  return {
    ...{ id, name, goesOn, importedBy },
    groups: groups === null ? null : [...groups],
    freezes: row.freezes.map(({ uid, title, freeze }) => ({ uid, title, freeze: freezeBody(freeze) })),
    knownUntil: new Date(row.knownUntil).toISOString(),
    importedAt: new Date(row.importedAt).toISOString(),
  };
}
