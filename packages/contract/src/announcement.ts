import { z } from 'zod';
import { FeedName } from './identification.ts';
import { SaidSeverityText } from './parts.ts';
import { HashText, Id, PageQuery, page, Text, Timestamp, textOf } from './units.ts';

/** `acme-news-17`: the feed, and a number that no other announcement has. */
export const AnnouncementId = z
  .string()
  .max(84)
  .regex(/^[a-z][a-z0-9.-]+-\d{1,19}$/, 'must be the name of an announcement, as its list shows it');

/** An advisory of a large vendor names some hundred; what has more is triaged in parts. */
const VULNERABILITIES_MAX = 200;
const TARGETS_MAX = 50;
const RANGES_MAX = 50;
/** The names and ranges of a claim at their longest. */
export const TRIAGE_BODY_BYTES_MAX = 512 * 1024;
/** A person looks through so many titles at once. */
export const DISMISSED_AT_ONCE_MAX = 500;
/** The longest version that any order takes. */
const VERSION_CHARACTERS_MAX = 1_000;

const Words = textOf(2_000).refine((text) => text.trim() !== '', 'must not be empty');
const Version = textOf(VERSION_CHARACTERS_MAX).min(1);

export const AnnouncementStateText = z.enum(['waiting', 'claimed', 'dismissed']);

export const TriageTarget = z
  .discriminatedUnion('kind', [
    /** A product by its names, as assets have it: `Acme`, `Router 9`. */
    z.strictObject({ kind: z.literal('product'), vendor: Text, product: Text.min(1) }),
    /** A package on a release (`debian:12`) or of a registry (`npm`). */
    z.strictObject({ kind: z.literal('package'), release: Text.min(1), name: Text.min(1) }),
  ])
  .meta({ id: 'TriageTarget' });

/** `introduced` is affected, `fixed` is not, `lastAffected` is. null: from the first, or without an end. // OSV ranges */
const TriageRange = z
  .strictObject({
    introduced: Version.nullable().default(null),
    fixed: Version.nullable().default(null),
    lastAffected: Version.nullable().default(null),
  })
  .refine(({ fixed, lastAffected }) => fixed === null || lastAffected === null, 'must end by one of the two')
  .refine(
    ({ introduced, fixed, lastAffected }) => introduced !== null || fixed !== null || lastAffected !== null,
    'must begin or end somewhere; leave all ranges out where every version is affected',
  );

/** What a person reads out of an announcement. */
export const TriagedClaim = z
  .strictObject({
    targets: z.array(TriageTarget).min(1).max(TARGETS_MAX),
    /** None: every version is affected. */
    ranges: z.array(TriageRange).max(RANGES_MAX).default([]),
    /** CVE ids; none: the announcement stands for what it is about under its own name. */
    vulnerabilities: z
      .array(z.string().regex(/^CVE-\d{4}-\d{4,19}$/, 'must be a CVE id, as CVE-2026-0001'))
      .max(VULNERABILITIES_MAX)
      .default([]),
    /** As the vendor says; null: it does not. */
    severity: SaidSeverityText.nullable().default(null),
  })
  .meta({ id: 'TriagedClaim' });
export type TriagedClaim = z.output<typeof TriagedClaim>;

/** Which revision the person read: one that its vendor changed meanwhile is refused. */
const Revision = z.number().int().min(1);

export const AnnouncementTriage = z
  .strictObject({ revision: Revision, claim: TriagedClaim, why: Words.nullable().default(null) })
  .meta({ id: 'AnnouncementTriage' });
export type AnnouncementTriage = z.output<typeof AnnouncementTriage>;

export const AnnouncementDismissal = z
  .strictObject({
    announcements: z
      .array(z.strictObject({ id: AnnouncementId, revision: Revision }))
      .min(1)
      .max(DISMISSED_AT_ONCE_MAX),
    why: Words,
  })
  .meta({ id: 'AnnouncementDismissal' });
export type AnnouncementDismissal = z.output<typeof AnnouncementDismissal>;

export const AnnouncementUndo = z.strictObject({ why: Words }).meta({ id: 'AnnouncementUndo' });

const Triage = z
  .object({
    id: Id,
    /** `undo` takes back what `undoes` names. */
    kind: z.enum(['claim', 'dismissal', 'undo']),
    /** The revision that was read. */
    revision: z.number().int(),
    claim: TriagedClaim.nullable(),
    why: z.string().nullable(),
    by: z.string(),
    at: Timestamp,
    undoes: Id.nullable(),
  })
  .meta({ id: 'Triage' });

export const Announcement = z
  .object({
    id: z.string(),
    feed: FeedName,
    /** Whose announcements they are, as the feed is called. */
    vendor: z.string(),
    state: AnnouncementStateText,
    /** It was triaged, and its vendor changed it since. */
    changed: z.boolean(),
    revision: z.number().int(),
    title: z.string(),
    /** Where its vendor shows it; https alone. */
    url: z.string().nullable(),
    published: Timestamp.nullable(),
    /** When this revision and when the announcement was first seen here. */
    seenAt: Timestamp,
    firstSeen: Timestamp,
    /** null: it does not wait. */
    waitingSince: Timestamp.nullable(),
    /** What stands; of one that was changed, what still judges. */
    triage: Triage.nullable(),
  })
  .meta({ id: 'Announcement' });
export type Announcement = z.infer<typeof Announcement>;

/** A line of the text, beside the one that was triaged before. */
const ChangedLine = z.object({ kind: z.enum(['same', 'removed', 'added']), text: z.string() });

export const AnnouncementDetail = Announcement.extend({
  /** Its vendor's own name for it. */
  entry: z.string(),
  /** Text alone. */
  text: z.string(),
  /** Of the entry as it stands in the vendor's file, in UTF-8. */
  sha256: HashText,
  /** Of the file in which this revision came. */
  fileSha256: HashText,
  revisions: z.array(z.object({ revision: z.number().int(), title: z.string(), seenAt: Timestamp, sha256: HashText })),
  /** Against the revision that was triaged last; null: there is none, or nothing differs. */
  difference: z.array(ChangedLine).nullable(),
  history: z.array(Triage),
  /** CVE ids that its text names. */
  named: z.array(z.string()),
  /** Products and packages of assets whose names its words hold. */
  suggestions: z.array(
    z.object({
      target: TriageTarget,
      /** Installed now, some of them. */
      versions: z.array(z.string()),
      assets: z.number().int(),
    }),
  ),
}).meta({ id: 'AnnouncementDetail' });
export type AnnouncementDetail = z.infer<typeof AnnouncementDetail>;

export const AnnouncementQuery = PageQuery.extend({
  state: z.enum(['waiting', 'claimed', 'dismissed', 'all']).default('waiting'),
  feed: FeedName.optional(),
  search: Text.optional(),
});
export type AnnouncementQuery = z.output<typeof AnnouncementQuery>;

export const AnnouncementPage = page(Announcement)
  .extend({
    /** Of all subscriptions. */
    counts: z.object({ waiting: z.number().int(), claimed: z.number().int(), dismissed: z.number().int() }),
    /** Subscriptions; with none there is nothing to wait for. */
    feeds: z.array(z.object({ feed: FeedName, vendor: z.string(), waiting: z.number().int() })),
  })
  .meta({ id: 'AnnouncementPage' });
export type AnnouncementPage = z.infer<typeof AnnouncementPage>;

export const AnnouncementOutcome = z
  .object({
    announcement: AnnouncementDetail,
    /** Assets on which the claim makes a finding now. */
    affected: z.number().int(),
    /** Releases on which nothing is judged, as no feed covers them. */
    notCovered: z.array(z.string()),
  })
  .meta({ id: 'AnnouncementOutcome' });
export type AnnouncementOutcome = z.infer<typeof AnnouncementOutcome>;

export const AnnouncementsDismissed = z.object({ dismissed: z.number().int() }).meta({ id: 'AnnouncementsDismissed' });
