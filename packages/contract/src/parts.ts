import { WAIT_KINDS } from '@patchsteward/core/2-evaluation';
import { z } from 'zod';
import { HashText, Text, Timestamp } from './units.ts';

/** A reason of the closed list in docs/reasons.md. */
export const ReasonBody = z
  .object({
    code: z.string(),
    subject: z.string(),
    clearableBy: z.array(z.string()),
    by: Timestamp.nullable(),
    /** The reason as one sentence for a person. */
    sentence: z.string(),
  })
  .meta({ id: 'Reason' });
export type ReasonBody = z.infer<typeof ReasonBody>;

/** With no feed for a release the answer is "not judged", never "0 findings". */
export const Judged = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('judged'),
      /** Of a list of components: packages that nobody judges. What of a host nobody judges, its findings tell. */
      unjudgedPackages: z.number().int(),
    }),
    z.object({ kind: z.literal('not-judged'), reason: ReasonBody }),
  ])
  .meta({ id: 'Judged' });
export type Judged = z.infer<typeof Judged>;

export const LaneText = z.enum(['routine', 'critical', 'emergency', 'mitigation']);
export const SeverityText = z.enum(['none', 'low', 'medium', 'high', 'critical', 'unknown']);

/** Which edition of a published table an outcome comes from. */
const TableText = z.object({ name: z.string(), version: z.string() });

/** CISA BOD 26-04, computed always, binding only where the policy says so. */
const BodBody = z
  .object({
    outcome: z.string(),
    due: Timestamp.nullable(),
    binding: z.boolean(),
    table: TableText,
    /** What went into the table; null: nobody says, and it was taken at its strict side. */
    inputs: z.object({
      knownExploited: z.boolean(),
      exposed: z.boolean(),
      automatable: z.boolean().nullable(),
      technicalImpact: z.enum(['partial', 'total']).nullable(),
    }),
  })
  .meta({ id: 'BodAssessment' });

const SsvcBody = z
  .object({
    decision: z.enum(['defer', 'scheduled', 'out-of-cycle', 'immediate']),
    table: TableText,
    inputs: z.object({
      exploitation: z.enum(['none', 'public_poc', 'active']),
      /** Small, controlled, open. */
      exposure: z.enum(['S', 'C', 'O']),
      automatable: z.boolean(),
      /** Low, medium, high, very high. */
      humanImpact: z.enum(['L', 'M', 'H', 'VH']),
    }),
  })
  .meta({ id: 'SsvcAssessment' });

/** SP 800-40r4 §2.2; an override gives another lane or due time. */
export const ResponseKindText = z.enum(['accept', 'mitigate', 'transfer', 'avoid', 'override']);

/** Lane and due time with everything they were computed from. // SOP P2.1 S1-S3 */
export const Assessment = z
  .object({
    lane: LaneText,
    /** When the vendor released the fix. */
    releasedAt: Timestamp,
    /** `day` where only the date is known. */
    releasedPrecision: z.enum(['time', 'day']),
    /** `first-seen` where neither advisory nor index has a usable date. */
    releasedFrom: z.enum(['advisory', 'index', 'first-seen']),
    /** When this installation first could have known. */
    firstSeen: Timestamp,
    due: Timestamp,
    dueFrom: z.enum(['lane', 'known-exploited', 'bod-26-04', 'override']),
    /** `backlog`: released before we first saw asset or advisory; the time runs from then. */
    clock: z.enum(['release', 'backlog']),
    late: z.boolean(),
    /** Somebody answers for it until that day, and it is not late before. */
    answered: z.object({ response: z.uuid(), kind: ResponseKindText, until: Timestamp }).nullable(),
    /** Times that somebody answered for it, which do not count; T0 and first sight stay. */
    pauses: z.array(z.object({ response: z.uuid(), kind: ResponseKindText, from: Timestamp, until: Timestamp })),
    bod: BodBody.nullable(),
    /** null: nobody says whether it is exploited, or whether attacks can be automated. */
    ssvc: SsvcBody.nullable(),
    priority: z.number(),
    reasons: z.array(ReasonBody),
    /** One sentence: why this lane and this time. */
    why: z.string(),
    policyVersion: z.string(),
  })
  .meta({ id: 'Assessment' });
export type Assessment = z.infer<typeof Assessment>;

/** A day is taken as its end, UTC: what was known on it. */
export const PastMoment = z.union([Timestamp, z.iso.date()]);

/** Of a past day: until when things were known, and what is not of that day. */
export const Past = z.object({
  at: Timestamp,
  /** The first report of any asset that is kept. */
  historyFrom: Timestamp.nullable(),
  /** Assets that are known today and had not reported by then. */
  assetsUnknownThen: z.number().int(),
  note: z.string(),
});

/** A kernel, or parts of one, that hosts have and do not run: told in one line, and not counted as affected. */
/** `offered`: a configured origin of an affected asset has it; `needs-subscription`: it comes to subscribers alone. */
export const FixText = z.enum(['offered', 'not-offered', 'needs-subscription', 'no-fix']);

/** Since when changes wait to be counted into the lists over the fleet; null: they show all that is known. */
export const CountingSince = Timestamp.nullable();

export const FleetIdle = z
  .object({
    source: z.string(),
    scope: z.string(),
    /** That have it and do not run it. */
    assets: z.number().int(),
    vulnerabilities: z.number().int(),
  })
  .meta({ id: 'FleetIdle' });

/** A time in which a finding waits for something, whether or not the clock stands still in it. */
export const WaitBody = z
  .object({
    kind: z.enum(WAIT_KINDS),
    /** What it waits for: a package, a unit, a group, a freeze; of `answered` the id of the response. */
    subject: z.string(),
    /** null: since before anybody kept it. */
    from: Timestamp.nullable(),
    /** null: nobody knows when it ends. */
    until: Timestamp.nullable(),
    /** Only what people answer for stops the clock; everything else is told, and the time runs. */
    stopsClock: z.boolean(),
  })
  .meta({ id: 'Wait' });
export type WaitBody = z.infer<typeof WaitBody>;

export const SaidSeverityText = z.enum(['none', 'low', 'medium', 'high', 'critical']);

/** The word of a person of Security; it stands until it is withdrawn, whatever a source says before or after. */
const SaidSeverity = z
  .object({
    severity: SaidSeverityText,
    by: z.string(),
    at: Timestamp,
    why: z.string(),
    /** What sources say, where they say anything. */
    source: z.object({ severity: SeverityText, from: z.string().nullable() }).nullable(),
    /** A source says something else: somebody should look again. */
    differs: z.boolean(),
  })
  .meta({ id: 'SaidSeverity' });

const Listing = z
  .object({ added: z.string(), due: z.string().nullable(), ransomware: z.boolean() })
  .meta({ id: 'ExploitedListing' });

const HeldUrgency = z
  .object({
    severity: SeverityText,
    severityFrom: z.string().nullable(),
    cvss: z.number().nullable(),
    ssvc: z
      .object({
        exploitation: z.enum(['none', 'public_poc', 'active']).nullable(),
        automatable: z.boolean().nullable(),
        technicalImpact: z.enum(['partial', 'total']).nullable(),
      })
      .nullable(),
    knownExploited: Listing.nullable(),
    since: Timestamp,
  })
  .meta({ id: 'HeldUrgency' });

/** What is known of a vulnerability beside the vendor's claim. */
export const Intelligence = z
  .object({
    severity: SeverityText,
    /** null where no source says. */
    severityFrom: z.string().nullable(),
    /** null: nobody of Security has judged it. */
    said: SaidSeverity.nullable(),
    knownExploited: Listing.nullable(),
    epss: z.object({ score: z.number(), percentile: z.number(), date: z.string(), model: z.string() }).nullable(),
    /** What sources say by now, where that is less than what counts: it waits for Security. Absent: they say the same. */
    held: HeldUrgency.optional(),
  })
  .meta({ id: 'Intelligence' });
export type Intelligence = z.infer<typeof Intelligence>;

/** Which bytes an advisory was read from, and by what they were checked before. */
export const AdvisorySourceBody = z
  .object({
    /** Of the document as its vendor published it; or of the file of many records in which this revision came first. */
    sha256: HashText,
    of: z.enum(['document', 'file']),
    /** `signature`: by keys that are pinned here; `hash`: by one that stood beside it; `nothing`: nobody vouches for it. */
    checkedBy: z.enum(['signature', 'hash', 'nothing']),
    /** The fingerprints of those keys. */
    signedBy: z.array(z.string()),
  })
  .meta({ id: 'AdvisorySource' });
export type AdvisorySourceBody = z.infer<typeof AdvisorySourceBody>;

export const LosingClaimBody = z
  .object({ advisory: z.string(), feed: z.string(), status: z.string(), because: z.string() })
  .meta({ id: 'LosingClaim' });

export const ReleaseOut = z
  .object({ id: Text, versionId: Text.nullable(), codename: Text.nullable(), prettyName: Text })
  .meta({ id: 'ReleaseOut' });
