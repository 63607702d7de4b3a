import { z } from 'zod';
import { page, Text, Timestamp, textOf } from './units.ts';

/** A window may be the whole week, and no longer: it comes again. */
const WINDOW_MS_MAX = 7 * 86_400_000;
/** No further than the shortest month is long. */
const OFFSET_DAYS_MAX = 27;
/** Three a day, every day. */
const WINDOWS_MAX = 21;

export const GroupName = textOf(64).regex(
  /^[a-z0-9][a-z0-9._-]*$/,
  'must be lower-case letters, digits, dots, dashes and underscores',
);

export const WeekdayText = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
export type WeekdayText = z.infer<typeof WeekdayText>;

const Timed = {
  /** As clocks show it in the zone of the group. */
  start: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, as in 02:00'),
  /** Elapsed time, also in the night in which clocks change. */
  durationMs: z.number().int().min(60_000).max(WINDOW_MS_MAX),
};

/** When hosts of a group may go down; what clocks skip comes later, what they show twice is the first. */
export const WindowBody = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('weekly'), weekday: WeekdayText, ...Timed }),
    /** So many days after (or before) the nth weekday of each month: the second Tuesday and five days. */
    z.strictObject({
      kind: z.literal('monthly'),
      nth: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal('last')]),
      weekday: WeekdayText,
      offsetDays: z.number().int().min(-OFFSET_DAYS_MAX).max(OFFSET_DAYS_MAX),
      ...Timed,
    }),
    z.strictObject({ kind: z.literal('once'), date: z.iso.date(), ...Timed }),
  ])
  .meta({ id: 'Window' });
export type WindowBody = z.infer<typeof WindowBody>;

/** Assets that may go down at the same times. // SOP P6.1, checklist c12 */
export const MaintenanceGroup = z
  .object({
    name: z.string(),
    zone: z.string(),
    windows: z.array(WindowBody),
    assets: z.number().int(),
    /** The next of them, as instants: what a person reads wrongly in local time. */
    next: z.array(
      z.object({
        from: Timestamp,
        until: Timestamp,
        /** Of the zone at that moment, as in +02:00. */
        offset: z.string(),
      }),
    ),
    /** The version of the rules of the zone that they were computed with. */
    tzdata: z.string(),
    version: z.number().int(),
  })
  .meta({ id: 'MaintenanceGroup' });
export type MaintenanceGroup = z.infer<typeof MaintenanceGroup>;
export const MaintenanceGroupPage = page(MaintenanceGroup).meta({ id: 'MaintenanceGroupPage' });

export const MaintenanceGroupChange = z
  .strictObject({
    /** Must equal the group's current version; 0 makes a new one. */
    version: z.number().int().min(0),
    /** An IANA name, as in Europe/Berlin. */
    zone: Text,
    windows: z.array(WindowBody).max(WINDOWS_MAX),
  })
  .meta({ id: 'MaintenanceGroupChange' });
export type MaintenanceGroupChange = z.infer<typeof MaintenanceGroupChange>;
