import { z } from 'zod';
import { CountingSince, LaneText, ReasonBody } from './parts.ts';
import { HashText, Id, PageQuery, page, Text, Timestamp, textOf } from './units.ts';

const WHY_CHARACTERS_MAX = 2_000;
const LOGIN_CHARACTERS_MAX = 64;
const ASSETS_MAX = 10_000;
/** A list says why in short; the campaign itself says all of it. */
export const SUMMARY_REASONS_MAX = 5;
const Verdict = z.enum(['proceed', 'wait', 'stop', 'ended']);

const Criticality = z.enum(['low', 'normal', 'high', 'critical']);
const Environment = z.enum(['production', 'non-production', 'unknown']);

const ProposedAsset = z.object({
  id: Id,
  name: z.string(),
  criticality: Criticality,
  environment: Environment,
  owner: z.string().nullable(),
});

/**
 * What could be opened as a campaign: the updates of one source package on one release, as they were when the fleet was
 * counted. // decided 22
 */
export const Proposal = z
  .object({
    /** `debian:12/openssl`: release and source package. */
    id: z.string(),
    title: z.string(),
    scope: z.string(),
    source: z.string(),
    sourceVersion: z.string(),
    kind: z.enum(['security', 'bugfix', 'feature', 'unknown']),
    packages: z.array(z.string()),
    fixes: z.array(z.string()),
    lane: LaneText,
    /** When the vendor released it, T0. // decided 19a */
    releasedAt: Timestamp,
    firstSeen: Timestamp,
    due: Timestamp,
    late: z.boolean(),
    why: z.string(),
    reasons: z.array(ReasonBody),
    assets: z.number().int(),
    /** Of them, how many are a test ring and how many are not. // SOP P3.1 */
    testAssets: z.number().int(),
    productionAssets: z.number().int(),
  })
  .meta({ id: 'Proposal' });
export type Proposal = z.infer<typeof Proposal>;

export const ProposalPage = page(Proposal)
  .extend({
    /** Lists over the fleet are counted in the background; null: not yet. */
    countedAt: Timestamp.nullable(),
    countingSince: CountingSince,
  })
  .meta({ id: 'ProposalPage' });
export type ProposalPage = z.infer<typeof ProposalPage>;

/** One of them, with every asset that would be in the campaign, as they are now. */
export const ProposalWithAssets = Proposal.extend({ offeredTo: z.array(ProposedAsset) }).meta({
  id: 'ProposalWithAssets',
});
export type ProposalWithAssets = z.infer<typeof ProposalWithAssets>;

const ProposalId = textOf(512).min(3);

export const CampaignRequest = z
  .strictObject({
    proposal: ProposalId,
    /** Some of its assets; all of them where nothing is said. */
    assets: z.array(Id).min(1).max(ASSETS_MAX).optional(),
    /** Who asks for the change, where the caller is no person: the line on the server itself. // decided 26 */
    requester: textOf(LOGIN_CHARACTERS_MAX).min(1).optional(),
  })
  .meta({ id: 'CampaignRequest' });
export type CampaignRequest = z.infer<typeof CampaignRequest>;

export const CampaignSummary = z
  .object({
    id: Id,
    title: z.string(),
    state: z.string(),
    room: z.string(),
    lane: LaneText.nullable(),
    due: Timestamp.nullable(),
    late: z.boolean(),
    /** Not late yet, and its plan has no window for every host before it is due. */
    cannotBeMet: z.boolean(),
    requester: z.string(),
    assets: z.number().int(),
    ended: z.boolean(),
    verdict: Verdict,
    /** What it waits for, in one sentence. */
    sentence: z.string(),
    /** The first of its reasons. */
    reasons: z.array(ReasonBody).max(SUMMARY_REASONS_MAX),
    openedAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'CampaignSummary' });
export type CampaignSummary = z.infer<typeof CampaignSummary>;
export const CampaignPage = page(CampaignSummary).meta({ id: 'CampaignPage' });
export type CampaignPage = z.infer<typeof CampaignPage>;

export const CampaignQuery = PageQuery.extend({
  search: Text.optional(),
  /** Only those that go on. */
  open: z.stringbool().optional(),
});

/** What it waits for, who can clear it, and by when. */
export const Explanation = z
  .object({
    state: z.string(),
    room: z.string(),
    verdict: Verdict,
    /** All of it in one sentence for a person. */
    sentence: z.string(),
    reasons: z.array(ReasonBody),
  })
  .meta({ id: 'Explanation' });
export type Explanation = z.infer<typeof Explanation>;

/** Hosts of production that were offline, refused, had no window or missed their span. */
export const Stragglers = z
  .object({
    items: z.array(
      z.object({
        assetId: Id,
        asset: z.string(),
        reasons: z.array(ReasonBody),
        /** The next span of its signed work order; null: it has none left. */
        next: z.object({ from: Timestamp, until: Timestamp }).nullable(),
        /** `next-campaign`: its updates stay offered, and are proposed again once no open campaign has them. */
        takenUp: z.enum(['this-plan', 'next-campaign']),
      }),
    ),
  })
  .meta({ id: 'Stragglers' });
export type Stragglers = z.infer<typeof Stragglers>;

export const CampaignUpdateBody = z.object({
  scope: z.string(),
  source: z.string(),
  sourceVersion: z.string(),
  /** Of a product the architecture is empty. */
  targets: z.array(z.object({ name: z.string(), architecture: z.string(), to: z.string() })),
  fixes: z.array(z.string()),
});

export const Campaign = CampaignSummary.extend({
  releasedAt: Timestamp,
  firstSeen: Timestamp,
  updates: z.array(CampaignUpdateBody),
  scope: z.array(
    ProposedAsset.extend({
      maintenanceGroup: z.string().nullable(),
      redundancyGroups: z.array(z.string()),
      /** Who works on it by hand; absent: the agent of the host does. */
      person: z.string().optional(),
    }),
  ),
  /** The plans that count now, by what they are for. */
  plans: z.object({ test: HashText.nullable(), production: HashText.nullable() }),
  jobs: z.record(z.string(), z.number().int()),
  explanation: Explanation,
}).meta({ id: 'Campaign' });
export type Campaign = z.infer<typeof Campaign>;

export const CampaignEventBody = z
  .object({
    /** `<campaign>`, or `job:<key>`, `ledger:<group>` of what belongs to it. */
    stream: z.string(),
    version: z.number().int(),
    at: Timestamp,
    actor: z.string(),
    /** Whoever did it as people know them: a login, `system`, or the name of the host. */
    by: z.string(),
    /** The host, where it is about a work order. */
    asset: z.string().nullable(),
    kind: z.string(),
    body: z.record(z.string(), z.unknown()),
    /** The entry of the record that says the same. */
    leaf: Id,
  })
  .meta({ id: 'CampaignEvent' });
export type CampaignEventBody = z.infer<typeof CampaignEventBody>;
export const CampaignEventPage = page(CampaignEventBody).meta({ id: 'CampaignEventPage' });
export type CampaignEventPage = z.infer<typeof CampaignEventPage>;

export const JobBody = z
  .object({
    job: HashText,
    plan: HashText,
    planKind: z.enum(['test', 'production', 'rollback']),
    assetId: Id,
    asset: z.string(),
    wave: z.number().int(),
    epoch: z.number().int(),
    state: z.string(),
    /** Granted and silent since then: it counts as down. */
    unknownSince: Timestamp.nullable(),
    updatedAt: Timestamp,
    /** Why its host does not go on, as a word of the reasons; null where it does, or where it failed instead. */
    blockedBy: z.string().nullable(),
    /** The last thing that the host said of it, where that was a failure or a block. */
    trouble: z.string().nullable(),
  })
  .meta({ id: 'Job' });
export type JobBody = z.infer<typeof JobBody>;
export const JobPage = page(JobBody).meta({ id: 'JobPage' });
export type JobPage = z.infer<typeof JobPage>;

const Why = textOf(WHY_CHARACTERS_MAX).min(1);
export const HaltRequest = z.strictObject({ why: Why }).meta({ id: 'HaltRequest' });
export const WithdrawRequest = z
  .strictObject({
    why: Why,
    /** The vendor took the update back, not we the campaign. */
    vendor: z.boolean().default(false),
  })
  .meta({ id: 'WithdrawRequest' });

/** What must run on an asset for it to count as healthy. Names and numbers only: nothing here is ever executed. */
const HEALTH_ITEMS_MAX = 100;
const WATCH_MS_MAX = 3_600_000;
const ERROR_LINES_MAX = 10_000;
const HealthChecksFields = {
  units: z
    .array(
      z
        .string()
        .max(256)
        .regex(/^[A-Za-z0-9:_.\\@-]+\.(?:service|socket|timer|target|mount|path)$/, 'a unit with its suffix'),
    )
    .max(HEALTH_ITEMS_MAX),
  ports: z.array(z.number().int().min(1).max(65_535)).max(HEALTH_ITEMS_MAX),
  urls: z
    .array(
      z
        .string()
        .max(1_024)
        .regex(/^http:\/\/127\.0\.0\.1:[0-9]{1,5}\/[\x21-\x7e]*$/, 'http://127.0.0.1:PORT/PATH'),
    )
    .max(HEALTH_ITEMS_MAX),
  /** Plain files that must be there; nothing is read of them. */
  files: z
    .array(
      z
        .string()
        .max(1_024)
        .regex(/^(?:\/(?!\.\.?(?:\/|$))[A-Za-z0-9._+@:%=,~-]{1,128}){1,16}$/, 'an absolute path without detours'),
    )
    .max(HEALTH_ITEMS_MAX),
} as const;
const HealthFields = {
  ...HealthChecksFields,
  /** So many lines of the host's journal may be errors or worse while it is watched; null: they are not counted. */
  errorLinesMax: z.number().int().min(0).max(ERROR_LINES_MAX).nullable(),
  /** What is looked at and told, and fails nothing. */
  wanted: z.strictObject(HealthChecksFields),
  watchMs: z.number().int().min(0).max(WATCH_MS_MAX),
  /** Of what was read; 0 where there was none. */
  version: z.number().int().min(0),
} as const;
export const HealthProfileBody = z.object(HealthFields).meta({ id: 'HealthProfile' });
export type HealthProfileBody = z.infer<typeof HealthProfileBody>;
export const HealthProfileRequest = z.strictObject(HealthFields).meta({ id: 'HealthProfileRequest' });
