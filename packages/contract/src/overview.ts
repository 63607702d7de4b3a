import { z } from 'zod';
import { LaneText } from './parts.ts';
import { Id, Timestamp } from './units.ts';

/** A person reads this in five seconds: more of a kind is told as a number. */
export const OVERVIEW_ITEMS_MAX = 8;

/** What a person can do about something, as the work is called and not as the procedure numbers it. */
export const NEED_KINDS = [
  'resume',
  'request-change',
  'approve',
  'agree-window',
  'start-test',
  'judge-test',
  'release-files',
  'prove-backup',
  'assess',
  'plan',
  'send-notice',
  'look-after-host',
  'finish',
  'other',
] as const;
export const NeedKind = z.enum(NEED_KINDS);
export type NeedKind = z.infer<typeof NeedKind>;

export const OverviewCampaign = z
  .object({
    id: Id,
    title: z.string(),
    room: z.string(),
    state: z.string(),
    lane: LaneText.nullable(),
    due: Timestamp.nullable(),
    late: z.boolean(),
    /** Not late yet, and its plan has no window for every host before it is due. */
    cannotBeMet: z.boolean(),
    /** Why it stands here, in one sentence. */
    why: z.string(),
    /** Until when, where a time is set. */
    by: Timestamp.nullable(),
  })
  .meta({ id: 'OverviewCampaign' });
export type OverviewCampaign = z.infer<typeof OverviewCampaign>;

const someOf = <T extends z.ZodType>(item: T) =>
  z.object({
    /** How many there are, shown or not. */
    total: z.number().int(),
    items: z.array(item).max(OVERVIEW_ITEMS_MAX),
  });

export const OverviewNeed = z
  .object({ kind: NeedKind, total: z.number().int(), items: z.array(OverviewCampaign).max(OVERVIEW_ITEMS_MAX) })
  .meta({ id: 'OverviewNeed' });
export type OverviewNeed = z.infer<typeof OverviewNeed>;

/** What is wrong with the house itself, and not with one campaign. */
export const CARE_KINDS = [
  'no-trust-root',
  'feeds-not-fresh',
  'no-asset',
  'assets-silent',
  'support-ended',
  'severity-unknown',
  'urgency-held',
  'exceptions-waiting',
  'exceptions-ending',
  'announcements-waiting',
] as const;
export const OverviewCare = z
  .object({ kind: z.enum(CARE_KINDS), total: z.number().int() })
  .meta({ id: 'OverviewCare' });
export type OverviewCare = z.infer<typeof OverviewCare>;

export const Overview = z
  .object({
    /** Campaigns whose reasons the caller may clear, by what there is to do; the most urgent first. */
    needsMe: z.array(OverviewNeed),
    /** What the caller's roles may mend beside campaigns. */
    care: z.array(OverviewCare),
    /** The due time has passed, or the plan cannot meet it. */
    late: someOf(OverviewCampaign),
    /** A room says stop, people stopped it, or a wait is past its time. */
    stopped: someOf(OverviewCampaign),
    /** Something happens on hosts at this moment. */
    running: someOf(
      OverviewCampaign.extend({ jobs: z.record(z.string(), z.number().int()) }).meta({ id: 'RunningCampaign' }),
    ),
    open: z.number().int(),
    /** Of the open ones, how many were looked at: the most urgent. */
    seen: z.number().int(),
    fleet: z
      .object({
        assets: z.number().int(),
        stale: z.number().int(),
        affected: z.number().int(),
        /** Nobody speaks of a part of their components. */
        partlyJudged: z.number().int(),
        /** Vulnerabilities known to be exploited that the fleet has. */
        knownExploited: z.number().int(),
        rebootNeeded: z.number().int(),
        /** On platforms without support, and on those whose support ends soon. */
        supportEnded: z.number().int(),
        supportEnding: z.number().int(),
        /** Exceptions that stand: findings that somebody answers for instead of patching in time. */
        exceptions: z.number().int(),
        feeds: z.number().int(),
        feedsNotFresh: z.number().int(),
      })
      .meta({ id: 'FleetFigures' }),
  })
  .meta({ id: 'Overview' });
export type Overview = z.infer<typeof Overview>;

/**
 * One message of the event stream: the first words of what changed (`campaigns`, `campaign:<id>`, `assets`, ...). `*`:
 * anything may have changed.
 */
export const LiveMessage = z.object({ changed: z.array(z.string()) }).meta({ id: 'LiveMessage' });
export type LiveMessage = z.infer<typeof LiveMessage>;
