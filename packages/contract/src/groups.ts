import { z } from 'zod';
import { page, Text, Timestamp, textOf } from './units.ts';

/** A window may be the whole week, and no longer: it comes again. */
const WINDOW_MS_MAX = 7 * 86_400_000;
/** Three a day, every day. */
const WINDOWS_MAX = 21;

export const GroupName = textOf(64).regex(
  /^[a-z0-9][a-z0-9._-]*$/,
  'must be lower-case letters, digits, dots, dashes and underscores',
);

export const WeekdayText = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
export type WeekdayText = z.infer<typeof WeekdayText>;

/** Comes every week, at local time; its length is elapsed time, also in the night in which clocks change. */
export const WeeklyWindowBody = z
  .strictObject({
    weekday: WeekdayText,
    start: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, as in 02:00'),
    durationMs: z.number().int().min(60_000).max(WINDOW_MS_MAX),
  })
  .meta({ id: 'WeeklyWindow' });
export type WeeklyWindowBody = z.infer<typeof WeeklyWindowBody>;

/** Assets that may go down at the same times. // SOP P6.1, checklist c12 */
export const MaintenanceGroup = z
  .object({
    name: z.string(),
    zone: z.string(),
    windows: z.array(WeeklyWindowBody),
    assets: z.number().int(),
    /** The next of them, as instants: what a person reads wrongly in local time. */
    next: z.array(z.object({ from: Timestamp, until: Timestamp })),
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
    windows: z.array(WeeklyWindowBody).max(WINDOWS_MAX),
  })
  .meta({ id: 'MaintenanceGroupChange' });
export type MaintenanceGroupChange = z.infer<typeof MaintenanceGroupChange>;
