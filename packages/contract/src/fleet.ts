import { z } from 'zod';
import { CountingSince, FixText, FleetIdle, Intelligence, LaneText, SaidSeverityText, SeverityText } from './parts.ts';
import { Id, PageQuery, page, Text, Timestamp, textOf } from './units.ts';

/** What a filter of the fleet's findings may say; those that are left out let everything through. */
const Filters = PageQuery.extend({
  search: Text.optional(),
  lane: LaneText.optional(),
  severity: SeverityText.optional(),
  exploited: z.enum(['yes']).optional(),
  late: z.enum(['yes']).optional(),
  fix: FixText.optional(),
  /** `debian:12` */
  release: Text.optional(),
  environment: z.enum(['production', 'non-production', 'unknown']).optional(),
});

export const FindingGroupQuery = Filters.extend({ by: z.enum(['vulnerability', 'source']).default('vulnerability') });
export type FindingGroupQuery = z.infer<typeof FindingGroupQuery>;

/** All findings of one vulnerability, or of one source package; with a filter, on the releases and assets it lets through. */
export const FindingGroup = z
  .object({
    /** The vulnerability, or the source package. */
    name: z.string(),
    /** Distinct. */
    assets: z.number().int(),
    /** Of them, those on which somebody answers for something of it: it is not late there before their day. */
    answered: z.number().int(),
    vulnerabilities: z.number().int(),
    sources: z.array(z.string()),
    scopes: z.array(z.string()),
    advisories: z.array(z.string()),
    lane: LaneText,
    due: Timestamp,
    late: z.boolean(),
    /** The gravest that is known; `unknown` stands above `high`, as its clock does. */
    severity: SeverityText,
    knownExploited: z.boolean(),
    /** The largest; 0 where there is none. */
    epss: z.number(),
    fixes: z.array(FixText),
    /** Of one vulnerability: assets that are offered its fix; null: not counted, or it is of a source package. */
    offeredOn: z.number().int().nullable(),
  })
  .meta({ id: 'FindingGroup' });
export type FindingGroup = z.infer<typeof FindingGroup>;

export const FindingGroupPage = page(FindingGroup)
  .extend({
    /** Releases that a filter can name. */
    scopes: z.array(z.string()),
    /** When the fleet was last counted; null: never yet. */
    countedAt: Timestamp.nullable(),
    countingSince: CountingSince,
    /** Assets of which nothing can be said: silence is not safety. */
    assetsNotJudged: z.number().int(),
    /** Lists of components of which nobody speaks of a part; 0 of a day of the past, of which that is not kept. */
    assetsPartlyJudged: z.number().int(),
    idle: z.array(FleetIdle),
  })
  .meta({ id: 'FindingGroupPage' });
export type FindingGroupPage = z.infer<typeof FindingGroupPage>;

const Kind = z.enum(['security', 'bugfix', 'feature', 'unknown']);

export const UpdateGroupQuery = PageQuery.extend({
  search: Text.optional(),
  kind: Kind.optional(),
  lane: LaneText.optional(),
  exploited: z.enum(['yes']).optional(),
  late: z.enum(['yes']).optional(),
  release: Text.optional(),
});
export type UpdateGroupQuery = z.infer<typeof UpdateGroupQuery>;

/** Everything that is offered of one source package. */
export const UpdateGroup = z
  .object({
    source: z.string(),
    scopes: z.array(z.string()),
    /** Distinct offered versions. */
    versions: z.array(z.string()),
    assets: z.number().int(),
    /** The strongest. */
    kind: Kind,
    fixes: z.number().int(),
    knownExploited: z.number().int(),
    /** null until the fleet was counted. */
    lane: LaneText.nullable(),
    due: Timestamp.nullable(),
    late: z.boolean(),
  })
  .meta({ id: 'UpdateGroup' });
export type UpdateGroup = z.infer<typeof UpdateGroup>;
export const UpdateGroupPage = page(UpdateGroup)
  .extend({ scopes: z.array(z.string()), countedAt: Timestamp.nullable(), countingSince: CountingSince })
  .meta({ id: 'UpdateGroupPage' });
export type UpdateGroupPage = z.infer<typeof UpdateGroupPage>;

export const OfferedVersionQuery = PageQuery.extend({ scope: Text, source: Text, sourceVersion: Text });

/** An asset to which exactly this version is offered. */
export const OfferedAsset = z
  .object({
    id: Id,
    name: z.string(),
    criticality: z.enum(['low', 'normal', 'high', 'critical']),
    environment: z.enum(['production', 'non-production', 'unknown']),
    owner: z.string().nullable(),
    /** The versions of the source package that are installed. */
    installed: z.array(z.string()),
  })
  .meta({ id: 'OfferedAsset' });
export type OfferedAsset = z.infer<typeof OfferedAsset>;
export const OfferedAssetPage = page(OfferedAsset).meta({ id: 'OfferedAssetPage' });

export const SeverityQuery = PageQuery.extend({
  search: Text.optional(),
  /** `unknown`: what nobody rates; `held`: what sources rate lower by now; `judged`: what Security said. */
  state: z.enum(['unknown', 'held', 'judged']).default('unknown'),
  /** A source package. */
  source: Text.optional(),
  release: Text.optional(),
});
export type SeverityQuery = z.infer<typeof SeverityQuery>;

export const SeverityRow = z
  .object({
    vulnerability: z.string(),
    feeds: z.array(z.string()),
    /** Source packages of the fleet that have it. */
    sources: z.array(z.string()),
    scopes: z.array(z.string()),
    assets: z.number().int(),
    /** Of the most urgent finding; null where no asset has it any more. */
    lane: LaneText.nullable(),
    due: Timestamp.nullable(),
    late: z.boolean(),
    advisory: z.string().nullable(),
    advisoryUrl: z.string().nullable(),
    intelligence: Intelligence,
  })
  .meta({ id: 'SeverityRow' });
export type SeverityRow = z.infer<typeof SeverityRow>;
export const SeverityPage = page(SeverityRow)
  .extend({ scopes: z.array(z.string()), countedAt: Timestamp.nullable(), countingSince: CountingSince })
  .meta({ id: 'SeverityPage' });
export type SeverityPage = z.infer<typeof SeverityPage>;

/** What one decision may speak of: all that a screen can select, and few enough for one transaction. */
export const JUDGED_AT_ONCE_MAX = 1_000;
/** A thousand ids of 64 characters. */
export const JUDGMENT_BODY_BYTES_MAX = 128 * 1024;

const Vulnerabilities = z.array(z.string().min(1).max(64)).min(1).max(JUDGED_AT_ONCE_MAX);
const Why = textOf(1_000).refine((text) => text.trim() !== '', 'say why');

export const SeverityPreviewRequest = z
  .strictObject({
    vulnerabilities: Vulnerabilities,
    /** null: as if the judgments were withdrawn; `as-sources-say`: as if Security agreed to less. */
    severity: SaidSeverityText.or(z.literal('as-sources-say')).nullable(),
  })
  .meta({ id: 'SeverityPreviewRequest' });
export type SeverityPreviewRequest = z.infer<typeof SeverityPreviewRequest>;

export const SeverityJudgment = z
  .strictObject({
    vulnerabilities: Vulnerabilities,
    severity: SaidSeverityText,
    why: Why,
    /** Also where a judgment of somebody stands already; otherwise that is a conflict, and nothing is judged. */
    replace: z.boolean().default(false),
  })
  .meta({ id: 'SeverityJudgment' });
export type SeverityJudgment = z.infer<typeof SeverityJudgment>;

export const SeverityWithdrawal = z
  .strictObject({ vulnerabilities: Vulnerabilities, why: Why })
  .meta({ id: 'SeverityWithdrawal' });
export type SeverityWithdrawal = z.infer<typeof SeverityWithdrawal>;

/** Findings that travel another lane, or the same with another due time, once this is said. */
export const SeverityMove = z
  .object({
    from: LaneText,
    to: LaneText,
    vulnerabilities: z.number().int(),
    /** One for each vulnerability and asset. */
    findings: z.number().int(),
    dueBefore: Timestamp,
    dueAfter: Timestamp,
  })
  .meta({ id: 'SeverityMove' });
export type SeverityMove = z.infer<typeof SeverityMove>;

/**
 * An open campaign that fixes one of them. It moves up by itself; down only when Security and an owner sign another
 * lane (`needs-signatures`).
 */
export const SeverityCampaign = z
  .object({
    id: Id,
    title: z.string(),
    lane: LaneText.nullable(),
    due: Timestamp.nullable(),
    laneAfter: LaneText,
    dueAfter: Timestamp,
    outcome: z.enum(['stays', 'moves-up', 'needs-signatures']),
  })
  .meta({ id: 'SeverityCampaign' });
export type SeverityCampaign = z.infer<typeof SeverityCampaign>;

export const SeverityOutcome = z
  .object({
    /** Vulnerabilities that the decision is about, and those of them that no asset has. */
    vulnerabilities: z.number().int(),
    notFound: z.number().int(),
    /** Those of which somebody of Security has said something before, and what. */
    saidBefore: z.array(z.object({ vulnerability: z.string(), severity: SaidSeverityText, by: z.string() })),
    /** Distinct vulnerability and asset. */
    findings: z.number().int(),
    moves: z.array(SeverityMove),
    campaigns: z.array(SeverityCampaign),
  })
  .meta({ id: 'SeverityOutcome' });
export type SeverityOutcome = z.infer<typeof SeverityOutcome>;
