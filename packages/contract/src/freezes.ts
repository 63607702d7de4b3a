import { z } from 'zod';
import { GroupName } from './groups.ts';
import { Id, Text, Timestamp, textOf } from './units.ts';

/** A calendar of a large house for some years; what is larger is no list of freezes. */
export const CALENDAR_BYTES_MAX = 1024 * 1024;
/** In JSON every line break of it takes two characters; and the rest of the body. */
export const CALENDAR_BODY_BYTES_MAX = 2 * CALENDAR_BYTES_MAX;
const GROUPS_MAX = 500;

const LocalTime = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'must be a local time, as in 2026-12-20T00:00');

/** One time in which nothing is done although a window is open. */
export const FreezeBody = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('instants'), from: Timestamp, until: Timestamp }),
    /** As clocks show it where the hosts are: days of a calendar begin at midnight there. */
    z.object({ kind: z.literal('local'), from: LocalTime, until: LocalTime }),
  ])
  .meta({ id: 'Freeze' });
export type FreezeBody = z.infer<typeof FreezeBody>;

const NamedFreeze = z.object({ uid: z.string(), title: z.string(), freeze: FreezeBody });

/** A calendar of freezes as it was imported. */
export const FreezeCalendar = z
  .object({
    id: Id,
    name: z.string(),
    /** Maintenance groups that it holds for; null: all of them, also those to come. */
    groups: z.array(z.string()).nullable(),
    freezes: z.array(NamedFreeze),
    /** What repeats was followed until then; import it again before. */
    knownUntil: Timestamp,
    /** Some of it comes again after that. */
    goesOn: z.boolean(),
    importedAt: Timestamp,
    importedBy: z.string(),
  })
  .meta({ id: 'FreezeCalendar' });
export type FreezeCalendar = z.infer<typeof FreezeCalendar>;
export const FreezeCalendarList = z.object({ items: z.array(FreezeCalendar) }).meta({ id: 'FreezeCalendarList' });

export const FreezeImport = z
  .strictObject({
    /** The name of the calendar: what was imported under it before is replaced. */
    name: textOf(64).min(1),
    groups: z.array(GroupName).min(1).max(GROUPS_MAX).nullable().default(null),
    /** An iCalendar file. // RFC 5545 */
    text: textOf(CALENDAR_BYTES_MAX).min(1),
    /** Say what would change, and change nothing. */
    preview: z.boolean().default(false),
  })
  .meta({ id: 'FreezeImport' });
export type FreezeImport = z.output<typeof FreezeImport>;

export const FreezeImported = z
  .object({
    calendar: FreezeCalendar,
    /** Events that say no time, or one that cannot be known. */
    unread: z.array(z.object({ title: z.string(), why: z.string() })),
    /** What it does to the windows of the next year. */
    groups: z.array(
      z.object({
        name: z.string(),
        windows: z.number().int(),
        /** Windows of which nothing is left, and those that became shorter. */
        lost: z.number().int(),
        shortened: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'FreezeImported' });
export type FreezeImported = z.infer<typeof FreezeImported>;

/** What holds under the name after an import was taken back; null: nothing. */
export const FreezeUndone = z.object({ name: Text, restored: FreezeCalendar.nullable() }).meta({ id: 'FreezeUndone' });
export type FreezeUndone = z.infer<typeof FreezeUndone>;
