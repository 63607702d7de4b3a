import type { FreezeImport, FreezeImported, FreezeUndone } from '@patchsteward/contract';
import { DAY_MS, type Instant } from '@patchsteward/core/vocabulary';
import { type CalendarRead, readCalendar } from '@patchsteward/standards/calendar';
import type { Actor, Corridor, NewLeaf, Wish } from '../platform/corridor.ts';
import type { Db, Reader } from '../platform/database.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { newId } from '../platform/ids.ts';
import { freezeCalendarBody } from './freeze-body.ts';
import { effectOf } from './freeze-effect.ts';
import {
  CALENDARS_MAX,
  endFreezeCalendar,
  type FreezeCalendarRow,
  freezesOf,
  insertFreezeCalendar,
  lockFreezeCalendar,
  readFreezeCalendar,
  readFreezeCalendars,
  renewFreezeCalendar,
} from './freeze-store.ts';
import { allGroups, type GroupRow } from './group-store.ts';

interface Parts {
  readonly db: Db;
  readonly corridor: Corridor;
}
interface By {
  readonly actor: Actor;
  readonly at: Instant;
}

/** What repeats is followed for so long: longer than any plan looks ahead, and short enough to be looked at again. */
const FOLLOWED_MS = 800 * DAY_MS;

/** Keeps the freezes of a calendar, in the place of those that the same name had; or says what that would do. */
export async function importFreezes({ db, corridor }: Parts, request: FreezeImport, by: By): Promise<FreezeImported> {
  const read = readCalendar(request.text, by.at, by.at + FOLLOWED_MS);
  if (read.kind === 'unreadable') throw unreadable(read.why);
  const groups = await groupsOf(db, request.groups);
  const wanted = { ...rowOf(request, read, by), groups: request.groups };
  const calendars = await readFreezeCalendars(db);
  if (!calendars.some(({ name }) => name === request.name) && calendars.length >= CALENDARS_MAX) {
    throw new Refusal('conflict', `There are ${CALENDARS_MAX} calendars of freezes already; take one back first.`);
  }
  if (!request.preview) {
    await corridor.change(by, async (tx) => {
      const before = await lockFreezeCalendar(tx, request.name);
      if (before !== undefined) await endFreezeCalendar(tx, before.id, by.at);
      const row = { ...wanted, replaces: before?.id ?? null };
      if (!(await insertFreezeCalendar(tx, row))) throw atTheSameMoment(request.name);
      return { value: undefined, leaves: [importedLeaf(row)], wishes: progressOf(groups) };
    });
  }
  const after = [...calendars.filter(({ name }) => name !== request.name), wanted];
  return {
    calendar: freezeCalendarBody(wanted),
    unread: [...read.unread],
    groups: groups.map((group) =>
      effectOf({ group, before: freezesOf(calendars, group.name), after: freezesOf(after, group.name) }, by.at),
    ),
  };
}

/** Takes an import back: what held under the name before holds again. */
export async function undoFreezes({ db, corridor }: Parts, id: string, by: By): Promise<FreezeUndone> {
  return corridor.change(by, async (tx) => {
    const known = await readFreezeCalendar(tx, id);
    const current = known === undefined ? undefined : await lockFreezeCalendar(tx, known.name);
    if (known === undefined) throw new Refusal('not-found', `There is no import ${id} of freezes.`);
    if (current?.id !== id) throw new Refusal('conflict', 'This import does not hold any more.');
    await endFreezeCalendar(tx, id, by.at);
    const restored = current.replaces === null ? undefined : await readFreezeCalendar(tx, current.replaces);
    if (restored !== undefined) await renewFreezeCalendar(tx, restored.id);
    const payload = { import: id, restored: restored?.id ?? null };
    return {
      value: { name: known.name, restored: restored === undefined ? null : freezeCalendarBody(restored) },
      leaves: [{ kind: 'freeze.undone', subject: known.name, payload }],
      wishes: progressOf(await groupsOf(db, null)),
    };
  });
}

function rowOf(
  { name }: FreezeImport,
  { freezes, goesOn }: Extract<CalendarRead, { kind: 'read' }>,
  { actor, at }: By,
): FreezeCalendarRow {
  return {
    ...{ id: newId(), name, groups: null, freezes, goesOn, replaces: null },
    ...{ knownUntil: at + FOLLOWED_MS, importedAt: at, importedBy: actor },
  };
}

async function groupsOf(db: Reader, names: readonly string[] | null): Promise<GroupRow[]> {
  const groups = await allGroups(db);
  const missing = (names ?? []).filter((name) => !groups.some((group) => group.name === name));
  if (missing.length > 0) {
    throw new Refusal('bad-request', `There is no maintenance group ${missing.join(', ')}.`, {
      details: [{ path: 'body.groups', problem: 'must name groups that there are' }],
    });
  }
  return names === null ? groups : groups.filter(({ name }) => names.includes(name));
}

function importedLeaf({ id, name, groups, freezes, replaces }: FreezeCalendarRow): NewLeaf {
  const said = freezes.map(({ uid, title, freeze }) => ({ uid, title, ...freeze }));
  return { kind: 'freeze.imported', subject: name, payload: { import: id, replaces, groups, freezes: said } };
}

/** A campaign that waits for a window, or whose signed windows are closed now, must not wait for its next look as well. */
function progressOf(groups: readonly GroupRow[]): Wish[] {
  return groups.map(({ name }) => ({ kind: 'group.progress', key: name, payload: null }));
}

function unreadable(why: string): Refusal {
  return new Refusal('bad-request', `The calendar cannot be taken: ${why}.`, {
    details: [{ path: 'body.text', problem: 'must be an iCalendar file (.ics) with events' }],
  });
}

function atTheSameMoment(name: string): Refusal {
  return new Refusal('conflict', `Somebody else imported ${name} at the same moment; look at it and import it again.`);
}
