import { z } from 'zod';
import { GroupName, WeekdayText } from './groups.ts';
import { Id, Text, Timestamp, textOf } from './units.ts';

/** No further than the shortest month is long: the next turn must not open before this one. */
const DAYS_MAX = 27;
const GROUPS_MAX = 100;
/** Two years of point releases, each announced. */
const DATES_MAX = 50;
const ASKED_MAX = 50;
const WHY_CHARACTERS_MAX = 2_000;
const LOGIN_CHARACTERS_MAX = 64;

const Month = z.number().int().min(1).max(12);
const Why = textOf(WHY_CHARACTERS_MAX).trim().min(1);

/** How often it comes: every week, in these months after an nth weekday, or on days that a vendor announces. */
export const CycleRuleBody = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('weekly'), weekday: WeekdayText }),
    z.strictObject({
      kind: z.literal('monthly'),
      nth: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal('last')]),
      weekday: WeekdayText,
      offsetDays: z.number().int().min(-DAYS_MAX).max(DAYS_MAX),
      /** Of the weekday itself: all twelve for every month, four for a vendor's quarters. */
      months: z.array(Month).min(1).max(12),
    }),
    z.strictObject({ kind: z.literal('announced'), dates: z.array(z.iso.date()).min(1).max(DATES_MAX) }),
  ])
  .meta({ id: 'CycleRule' });
export type CycleRuleBody = z.infer<typeof CycleRuleBody>;

const Planned = {
  /** Maintenance groups whose hosts it keeps up to date; hosts of the test ring that are offered the same come with them. */
  groups: z.array(GroupName).min(1).max(GROUPS_MAX),
  /** An IANA name, as in Europe/Berlin. */
  zone: Text,
  rule: CycleRuleBody,
  /** So many days before the day of a turn its list of updates is frozen, and people are asked. */
  leadDays: z.number().int().min(0).max(DAYS_MAX),
  /** At this time, as clocks show it in the zone. */
  opensAt: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, as in 09:00'),
  /** Logins of the people who are asked; whoever may open campaigns may answer. */
  asked: z.array(textOf(LOGIN_CHARACTERS_MAX).min(1)).max(ASKED_MAX),
};

export const MaintenancePlanChange = z
  .strictObject({
    /** Must equal the plan's current version; 0 makes a new one. */
    version: z.number().int().min(0),
    ...Planned,
  })
  .meta({ id: 'MaintenancePlanChange' });
export type MaintenancePlanChange = z.infer<typeof MaintenancePlanChange>;

/** What asks for the routine campaign of its groups again and again. // SOP S2 */
export const MaintenancePlan = z
  .object({
    name: z.string(),
    version: z.number().int(),
    ...Planned,
    /** Of its groups. */
    assets: z.number().int(),
    paused: z.object({ by: z.string(), at: Timestamp, why: z.string() }).nullable(),
    /** The next five turns; none where no announced day is left. */
    next: z.array(
      z.object({
        day: z.iso.date(),
        opensAt: Timestamp,
        /** Of the zone at that moment, as in +02:00. */
        offset: z.string(),
      }),
    ),
    /** The day of the turn that waits for an answer, with how many updates. */
    waiting: z.object({ day: z.iso.date(), since: Timestamp, updates: z.number().int() }).nullable(),
  })
  .meta({ id: 'MaintenancePlan' });
export type MaintenancePlan = z.infer<typeof MaintenancePlan>;
export const MaintenancePlanList = z.object({ items: z.array(MaintenancePlan) }).meta({ id: 'MaintenancePlanList' });

/** What becomes of an update of the frozen list when the turn is taken. */
const Standing = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('offered') }),
  /** A later version replaced it; that one is taken. */
  z.object({ kind: z.literal('replaced'), sourceVersion: z.string() }),
  z.object({ kind: z.literal('in-campaign'), campaign: Id }),
  /** It became more urgent than routine, and has a proposal of its own. */
  z.object({ kind: z.literal('urgent') }),
  z.object({ kind: z.literal('gone') }),
]);
export type StandingBody = z.infer<typeof Standing>;

/** One time that a plan came round. */
const TurnSummary = z.object({
  day: z.iso.date(),
  opensAt: Timestamp,
  /** Later than it opened where no server ran. */
  toldAt: Timestamp,
  /**
   * `lapsed`: nobody answered before the next; `empty`: nothing was offered; `missed`: no server ran, and a later one
   * had come; `paused`: people wanted none.
   */
  state: z.enum(['proposed', 'taken', 'dismissed', 'lapsed', 'empty', 'missed', 'paused']),
  /** How many were in its list when it was frozen. */
  frozen: z.number().int(),
  campaign: Id.nullable(),
  decided: z.object({ by: z.string(), at: Timestamp, why: z.string().nullable() }).nullable(),
});
export type MaintenanceTurnSummary = z.infer<typeof TurnSummary>;
/** The newest first, two years of them. */
export const MaintenanceTurnList = z.object({ items: z.array(TurnSummary) }).meta({ id: 'MaintenanceTurnList' });

export const MaintenanceTurn = TurnSummary.extend({
  updates: z.array(
    z.object({
      scope: z.string(),
      source: z.string(),
      sourceVersion: z.string(),
      /** Of its groups, when the list was frozen. */
      assets: z.number().int(),
      /** Now, while it waits; when it was taken; null where it was not. */
      standing: Standing.nullable(),
    }),
  ),
}).meta({ id: 'MaintenanceTurn' });
export type MaintenanceTurn = z.infer<typeof MaintenanceTurn>;

export const MaintenanceWhy = z.strictObject({ why: Why }).meta({ id: 'MaintenanceWhy' });

export const MaintenanceTake = z
  .strictObject({
    /** Only where nobody is signed in, on the server itself: in whose name. */
    requester: textOf(LOGIN_CHARACTERS_MAX).optional(),
  })
  .meta({ id: 'MaintenanceTake' });
