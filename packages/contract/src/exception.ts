import { z } from 'zod';
import { LaneText, ResponseKindText } from './parts.ts';
import { Id, PageQuery, page, Text, Timestamp, textOf } from './units.ts';

/** Few enough for one transaction and for a person who is to agree; a larger matter is a policy, not an exception. */
export const EXCEPTION_ASSETS_MAX = 1_000;
const VULNERABILITIES_MAX = 500;
const SOURCES_MAX = 50;
/** A thousand assets and five hundred vulnerabilities, with room for the words. */
export const EXCEPTION_BODY_BYTES_MAX = 128 * 1024;

const Words = textOf(2_000).refine((text) => text.trim() !== '', 'must not be empty');

export const ExceptionStateText = z.enum([
  'requested',
  'standing',
  'refused',
  'withdrawn',
  'revoked',
  'expired',
  'renewed',
]);

/** What a response is about: all of what is named must fit, and of each list any one. */
export const ExceptionTarget = z
  .strictObject({
    vulnerabilities: z.array(textOf(64).min(1)).max(VULNERABILITIES_MAX).default([]),
    /** Source packages. */
    sources: z.array(Text.min(1)).max(SOURCES_MAX).default([]),
    assets: z.array(Id).max(EXCEPTION_ASSETS_MAX).default([]),
    /** A maintenance group: its assets as they are now. */
    group: Text.nullable().default(null),
  })
  .refine(
    ({ vulnerabilities, sources, assets, group }) =>
      vulnerabilities.length + sources.length + assets.length > 0 || group !== null,
    'must name a vulnerability, a source package, an asset or a maintenance group',
  )
  .meta({ id: 'ExceptionTarget' });
export type ExceptionTarget = z.output<typeof ExceptionTarget>;

const TERMS = {
  kind: ResponseKindText,
  /** Who answers for it. */
  owner: Words,
  why: Words,
  /** What stands in the way of an attack meanwhile. */
  control: Words.nullable().default(null),
  /** Where it can be looked up. */
  evidence: textOf(2_000).nullable().default(null),
  /** On this day the findings are open again. */
  until: Timestamp,
  /** Of an override: the lane and the due time that hold instead. */
  lane: LaneText.nullable().default(null),
  due: Timestamp.nullable().default(null),
} as const;

export const ExceptionRequest = z.strictObject({ target: ExceptionTarget, ...TERMS }).meta({ id: 'ExceptionRequest' });
export type ExceptionRequest = z.output<typeof ExceptionRequest>;

/** The same findings as before, with a word of their own. */
export const ExceptionRenewal = z
  .strictObject({ why: Words, evidence: TERMS.evidence, until: Timestamp })
  .meta({ id: 'ExceptionRenewal' });
export type ExceptionRenewal = z.output<typeof ExceptionRenewal>;

export const ExceptionWhy = z.strictObject({ why: Words }).meta({ id: 'ExceptionWhy' });

/** What was known of the findings together when they were answered for. */
const Basis = z.object({
  findings: z.number().int(),
  assets: z.number().int(),
  lane: LaneText,
  due: Timestamp.nullable(),
  exploited: z.number().int(),
  fixless: z.number().int(),
});

/** What would be answered for, who would have to agree, and for how long it may stand at most. Nothing is changed. */
export const ExceptionPreview = z
  .object({
    basis: Basis,
    seats: z.array(z.array(z.string())),
    termDaysMax: z.number(),
    untilMax: Timestamp,
    /** It makes nothing slower, so that Security says it alone and at once. */
    raise: z.boolean(),
    /** The earliest due time of all that is covered, and how many are late: as it is, and as it would be. */
    dues: z.object({
      before: Timestamp.nullable(),
      after: Timestamp.nullable(),
      lateBefore: z.number().int(),
      lateAfter: z.number().int(),
    }),
    /** The first that are due. */
    covered: z.array(
      z.object({
        assetId: Id,
        assetName: z.string(),
        vulnerability: z.string(),
        source: z.string().nullable(),
        lane: LaneText,
        due: Timestamp,
        dueAfter: Timestamp,
      }),
    ),
    /** What is wrong with it; null: it can be asked for. */
    refusal: z.string().nullable(),
  })
  .meta({ id: 'ExceptionPreview' });
export type ExceptionPreview = z.infer<typeof ExceptionPreview>;

/** An answer to a risk, as a list shows it. // SP 800-40r4 §2.2 */
export const Exception = z
  .object({
    id: Id,
    state: ExceptionStateText,
    kind: ResponseKindText,
    /** `Accept CVE-2026-0001 on 12 assets`. */
    title: z.string(),
    owner: z.string(),
    requester: z.string(),
    why: z.string(),
    control: z.string().nullable(),
    evidence: z.string().nullable(),
    until: Timestamp,
    lane: LaneText.nullable(),
    due: Timestamp.nullable(),
    basis: Basis,
    /** Findings that are open again already, as they got worse. */
    fallen: z.number().int(),
    requestedAt: Timestamp,
    stoodFrom: Timestamp.nullable(),
    endedAt: Timestamp.nullable(),
    /** It ends within the days that the list warns of. */
    endsSoon: z.boolean(),
    agreed: z.array(z.object({ person: z.string(), roles: z.array(z.string()), at: Timestamp })),
    /** Seats that nobody fills yet: roles of which one is enough. */
    missing: z.array(z.array(z.string())),
    /** The one that it goes on with, and the one that goes on with it. */
    renews: Id.nullable(),
    renewedBy: Id.nullable(),
    /** Whether whoever asks could fill a seat, and why not where they cannot. */
    mayAgree: z.boolean(),
    mayNot: z.string().nullable(),
  })
  .meta({ id: 'Exception' });
export type Exception = z.infer<typeof Exception>;

export const ExceptionQuery = PageQuery.extend({
  search: Text.optional(),
  /** `open`: asked for, or standing. */
  state: z.enum(['open', 'requested', 'standing', 'expired', 'ended', 'all']).default('open'),
  /** Those that whoever asks has asked for or agreed to. */
  mine: z.enum(['yes']).optional(),
  asset: Id.optional(),
  vulnerability: textOf(64).optional(),
});
export type ExceptionQuery = z.output<typeof ExceptionQuery>;
export const ExceptionPage = page(Exception)
  .extend({
    /** Of all: how many wait for somebody who agrees, stand, and end soon. */
    counts: z.object({ requested: z.number().int(), standing: z.number().int(), endsSoon: z.number().int() }),
  })
  .meta({ id: 'ExceptionPage' });
export type ExceptionPage = z.infer<typeof ExceptionPage>;

const CoveredFinding = z.object({
  assetId: Id,
  assetName: z.string(),
  /** null: whatever is found on the asset. */
  vulnerability: z.string().nullable(),
  source: z.string().nullable(),
  /** It is open again, and why. */
  fallen: z.object({ cause: z.enum(['lane-rose', 'now-exploited', 'fix-appeared']), at: Timestamp }).nullable(),
});

/** One response with what it covers and everything that happened to it. */
export const ExceptionDetail = Exception.extend({
  target: z.object({
    vulnerabilities: z.array(z.string()),
    sources: z.array(z.string()),
    assets: z.array(Id),
    group: z.string().nullable(),
  }),
  /** Why whoever asks cannot do each of these now; null: they can. */
  barred: z.object({
    agree: z.string().nullable(),
    refuse: z.string().nullable(),
    /** Before it stands its requester takes it back so. */
    end: z.string().nullable(),
    renew: z.string().nullable(),
  }),
  /** The first of them; `coveredTotal` says how many there are. */
  covered: z.array(CoveredFinding),
  coveredTotal: z.number().int(),
  events: z.array(z.object({ at: Timestamp, actor: z.string(), kind: z.string(), why: z.string().nullable() })),
}).meta({ id: 'ExceptionDetail' });
export type ExceptionDetail = z.infer<typeof ExceptionDetail>;
