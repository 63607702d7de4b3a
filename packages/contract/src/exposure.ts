import { CLAIM_STATUSES, JUSTIFICATIONS, NEXT_STEPS } from '@patchsteward/core/1-identification';
import { CRITICALITIES, EXPOSURES } from '@patchsteward/core/vocabulary';
import { z } from 'zod';
import {
  AdvisorySourceBody,
  Intelligence,
  LosingClaimBody,
  Past,
  PastMoment,
  ReasonBody,
  ResponseKindText,
} from './parts.ts';
import { Id, PageQuery, Timestamp } from './units.ts';

/** Above every id, and a name of a package with a version below which it is sought. */
export const EXPOSURE_CHARACTERS_MAX = 255;

export const ExposureQuery = PageQuery.extend({
  /** What was known then, of what the assets had then. */
  at: PastMoment.optional(),
  /** `open`: what is affected, or not known to be safe. `all`: what is fixed, never affected, or does not run as well. */
  show: z.enum(['open', 'all']).default('open'),
});
export type ExposureQuery = z.infer<typeof ExposureQuery>;

/** The words of VEX; `not_judged`: it comes from a third party, of whom no claim speaks. */
const Status = z.enum([...CLAIM_STATUSES, 'not_judged']);

/** One source version on one asset, and what it means there. */
export const ExposedAsset = z
  .object({
    assetId: Id,
    assetName: z.string(),
    criticality: z.enum(CRITICALITIES),
    exposure: z.enum(EXPOSURES),
    source: z.string(),
    sourceVersion: z.string(),
    packages: z.array(z.string()),
    status: Status,
    /** Of a kernel: whether it is the one that runs. null: it is of no kernel. */
    runs: z.boolean().nullable(),
    /** Those of the question that have this status here. */
    vulnerabilities: z.array(z.string()),
    /** When this installation first could have known: it has the asset, and the advisory. */
    since: Timestamp,
    /** When the vendor first announced the fix; null: nobody dates it. */
    releasedAt: Timestamp.nullable(),
    /** When the winning advisory was first imported here; null: no claim judged it. */
    knownSince: Timestamp.nullable(),
    /** The first report of this asset with a version that is so; null: its history does not say. */
    onAssetSince: Timestamp.nullable(),
    /** What decided; null: no claim judged it. */
    advisory: z.string().nullable(),
    advisoryUrl: z.string().nullable(),
    /** null: no claim judged it, it came before this was kept, or a person told it. */
    advisorySource: AdvisorySourceBody.nullable(),
    feed: z.string().nullable(),
    losing: z.array(LosingClaimBody),
    fixed: z.string().nullable(),
    fixOffered: z.boolean(),
    /** The offered versions that have the fix, and who lists them; of a past day nothing is kept. */
    offers: z.array(z.object({ version: z.string(), origins: z.array(z.string()), phased: z.boolean() })),
    /** Packages that are on hold. */
    held: z.array(z.string()),
    campaign: z.object({ id: Id, title: z.string(), state: z.string() }).nullable(),
    /** Somebody answers for all of it here until that day: it is affected all the same. null: nobody does. */
    answered: z.object({ response: Id, kind: ResponseKindText, until: Timestamp }).nullable(),
    why: z.string(),
    /** What to do next, as a word and as a sentence. */
    next: z.object({ step: z.enum(NEXT_STEPS), sentence: z.string() }),
    reasons: z.array(ReasonBody),
  })
  .meta({ id: 'ExposedAsset' });
export type ExposedAsset = z.infer<typeof ExposedAsset>;

/** Each asset counts once, by the gravest that it has. They add up to the assets. */
const ExposureCounts = z
  .object({
    affected: z.number().int(),
    underInvestigation: z.number().int(),
    /** Affected in kernels that do not run, or in parts of them that never do: headers, tools, documentation. */
    idle: z.number().int(),
    fixed: z.number().int(),
    notAffected: z.number().int(),
    /** None of the packages that claims name is installed. */
    notInstalled: z.number().int(),
    notJudged: z.number().int(),
  })
  .meta({ id: 'ExposureCounts' });
export type ExposureCounts = z.infer<typeof ExposureCounts>;

/** What can be said of the assets of one release. */
const ExposedRelease = z
  .object({
    /** `debian:12`; null where the release has no version, or the asset has not reported. */
    scope: z.string().nullable(),
    name: z.string(),
    answer: z.enum(['affected', 'not-affected', 'not-judged']),
    sentence: z.string(),
    assets: z.number().int(),
    affected: z.number().int(),
    notJudged: z.number().int(),
    counts: ExposureCounts,
  })
  .meta({ id: 'ExposedRelease' });

/** "Am I affected by this vulnerability?", or by any that an advisory names. */
export const ExposureAnswer = z
  .object({
    /** As it was asked. */
    vulnerability: z.string(),
    /** What it stands for: itself, what it is another name of, or what the advisory names. */
    vulnerabilities: z.array(z.string()),
    /** Where an advisory was asked about. */
    advisory: z
      .object({
        id: z.string(),
        feed: z.string(),
        summary: z.string(),
        url: z.string().nullable(),
        published: Timestamp.nullable(),
        source: AdvisorySourceBody.nullable(),
      })
      .nullable(),
    /** Of a past day: until when things were known, and what is not of that day. null: of now. */
    past: Past.nullable(),
    releases: z.array(ExposedRelease),
    /** `not-judged`: no feed knows this vulnerability, or none is loaded: silence is not safety. */
    answer: z.enum(['affected', 'not-affected', 'not-judged']),
    sentence: z.string(),
    counts: ExposureCounts,
    intelligence: Intelligence,
    claims: z.array(
      z.object({
        advisory: z.string(),
        feed: z.string(),
        scope: z.string(),
        package: z.string(),
        status: z.string(),
        fixed: z.string().nullable(),
        /** Why it is not affected, as a word of VEX; null: nobody says. */
        justification: z.enum(JUSTIFICATIONS).nullable(),
        /** The same in the vendor's own words, the beginning of it. */
        impact: z.string().nullable(),
      }),
    ),
    assets: z.array(ExposedAsset),
    /** Assets that have a row under what is shown. */
    assetsTotal: z.number().int(),
    /** Assets of which nothing can be said. */
    assetsNotJudged: z.number().int(),
    next: z.string().nullable(),
  })
  .meta({ id: 'ExposureAnswer' });
export type ExposureAnswer = z.infer<typeof ExposureAnswer>;
