import { z } from 'zod';
import { Base64, EnvelopeBody } from './envelope.ts';
import { ReasonBody } from './parts.ts';
import { HashText, PackageName, TEXT_CHARACTERS_MAX, Text, Timestamp, textOf } from './units.ts';

/** What one check-in can be told to do; the rest follows at the next. */
export const TASKS_MAX = 100;
/** A full-release upgrade of a desktop changes about 3,000 packages. */
export const CHANGES_PER_HOST_MAX = 10_000;
/** Reports that one request brings; an agent that was cut off for long sends several requests. */
export const REPORTS_PER_REQUEST_MAX = 100;
/** A report with the evidence of 10,000 packages, rounded up. */
export const REPORTS_BYTES_MAX = 8 * 1024 * 1024;
/** 10,000 changes at about 400 bytes. */
export const PROPOSAL_BYTES_MAX = 8 * 1024 * 1024;
/** A leaf of 10,000 changes with as many of its rollback, in base64. */
const LEAF_CHARACTERS_MAX = 16 * 1024 * 1024;
/** A tree of 2^32 leaves. */
const PROOF_HASHES_MAX = 32;
/** Roots between the one that a host knows and the newest; a host that slept for years asks again. */
export const ROOTS_PER_ANSWER_MAX = 64;
const UNITS_MAX = 1_000;

const VersionText = textOf(TEXT_CHARACTERS_MAX).min(1);
const Architecture = textOf(64).min(1);
const Count = z.number().int().nonnegative();

export const TargetBody = z
  .strictObject({ name: PackageName, architecture: Architecture, to: VersionText })
  .meta({ id: 'Target' });
export type TargetBody = z.infer<typeof TargetBody>;

export const PackageChangeBody = z
  .strictObject({
    name: PackageName,
    architecture: Architecture,
    from: VersionText.nullable(),
    to: VersionText.nullable(),
    sha256: HashText.nullable(),
    sizeBytes: Count,
    origin: Text.nullable(),
  })
  .meta({ id: 'PackageChange' });
export type PackageChangeBody = z.infer<typeof PackageChangeBody>;

/** What the server wants of a host; doing any of it twice is harmless. */
export const AgentTask = z
  .discriminatedUnion('kind', [
    /** Simulate these targets and answer with the whole transaction. // decided 17 */
    z.object({
      kind: z.literal('propose'),
      id: z.uuid(),
      packagesHash: HashText,
      targets: z.array(TargetBody).max(CHANGES_PER_HOST_MAX),
    }),
    /** A signed work order is there, or one that is begun goes on. */
    z.object({ kind: z.literal('job'), job: HashText }),
    /** Not to be begun any more: nothing happens to what is past its point of no return. */
    z.object({ kind: z.literal('cancel'), job: HashText, why: Text }),
    /** A newer trust root exists. */
    z.object({ kind: z.literal('root'), version: z.number().int().positive() }),
  ])
  .meta({ id: 'AgentTask' });
export type AgentTask = z.infer<typeof AgentTask>;

/**
 * What the host itself is pinned to, as its runner read it from a file that the server cannot write. Where it differs
 * from what people say of the asset, the stricter counts. // decided 14, 24
 */
export const RunnerFacts = z
  .strictObject({
    version: textOf(64),
    /** 0: no trust root is pinned. */
    rootVersion: Count,
    environment: z.enum(['production', 'non-production']),
    criticality: z.enum(['low', 'normal', 'high', 'critical']),
    allow: z.strictObject({
      reboot: z.boolean(),
      kernel: z.boolean(),
      lanes: z.array(z.enum(['routine', 'critical', 'emergency', 'mitigation'])).max(4),
    }),
    packagesDenied: z.array(PackageName).max(UNITS_MAX),
  })
  .meta({ id: 'RunnerFacts' });
export type RunnerFacts = z.infer<typeof RunnerFacts>;

/** The answer of the package manager to a `propose` task: the whole transaction that it would run. */
export const ProposalAnswer = z
  .strictObject({
    packagesHash: HashText,
    targets: z.array(TargetBody).max(CHANGES_PER_HOST_MAX),
    answer: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('resolved'),
        changes: z.array(PackageChangeBody).max(CHANGES_PER_HOST_MAX),
      }),
      z.strictObject({ kind: z.literal('impossible'), why: Text }),
    ]),
  })
  .meta({ id: 'ProposalAnswer' });
export type ProposalAnswer = z.infer<typeof ProposalAnswer>;

/** A work order as it travels: what is signed, this host's part of it, and the proof that it is a part. */
export const JobOffer = z
  .object({
    job: HashText,
    epoch: Count,
    envelope: EnvelopeBody,
    /** The canonical bytes of the leaf. */
    leaf: Base64.max(LEAF_CHARACTERS_MAX),
    leafIndex: Count,
    proof: z.array(HashText).max(PROOF_HASHES_MAX),
    /** Trust roots after the version that the agent says it knows. */
    roots: z.array(EnvelopeBody).max(ROOTS_PER_ANSWER_MAX),
  })
  .meta({ id: 'JobOffer' });
export type JobOffer = z.infer<typeof JobOffer>;

export const GrantRequest = z.strictObject({ bootId: textOf(64), requestedAt: Timestamp }).meta({ id: 'GrantRequest' });
export type GrantRequest = z.infer<typeof GrantRequest>;

/** Counted by the host from the moment at which it sent the request: an answer that is late shortens it. */
export const GRANT_START_BY_MS = 600_000;

export const GrantAnswer = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('granted'), grant: z.uuid(), startByMs: z.number().int().positive() }),
    z.object({ kind: z.literal('waiting'), reasons: z.array(ReasonBody), retryMs: z.number().int().positive() }),
  ])
  .meta({ id: 'GrantAnswer' });
export type GrantAnswer = z.infer<typeof GrantAnswer>;

const ErrorSignatureBody = z.strictObject({
  stage: z.enum(['fetching', 'preflight', 'installing', 'verifying', 'rebooting', 'health', 'rolling-back']),
  package: PackageName.nullable(),
  cause: Text,
});

const PackageVersions = z
  .array(z.strictObject({ name: PackageName, architecture: Architecture, version: VersionText.nullable() }))
  .max(CHANGES_PER_HOST_MAX);

export const JobEvidenceBody = z
  .strictObject({
    before: PackageVersions,
    after: PackageVersions,
    startedAt: Timestamp,
    endedAt: Timestamp,
    outages: z.array(z.strictObject({ unit: Text, downMs: Count })).max(UNITS_MAX),
    rebooted: z.boolean(),
    /** Absent where the health profile found all that it wants. */
    unmet: z.array(Text).max(UNITS_MAX).exactOptional(),
    log: HashText.nullable(),
  })
  .meta({ id: 'JobEvidence' });
export type JobEvidenceBody = z.infer<typeof JobEvidenceBody>;

export const JobReportBody = z
  .discriminatedUnion('phase', [
    z.strictObject({
      phase: z.enum([
        'claimed',
        'fetching',
        'preflight',
        'installing',
        'verifying',
        'rebooting',
        'health',
        'rolling-back',
      ]),
    }),
    z.strictObject({ phase: z.literal('armed') }),
    z.strictObject({ phase: z.literal('blocked'), reason: textOf(64).min(1), detail: Text }),
    z.strictObject({ phase: z.literal('returned'), detail: Text }),
    z.strictObject({ phase: z.literal('succeeded'), evidence: JobEvidenceBody }),
    z.strictObject({
      phase: z.enum(['failed', 'rolled-back', 'rollback-failed']),
      error: ErrorSignatureBody,
      evidence: JobEvidenceBody,
    }),
  ])
  .meta({ id: 'JobReport' });
export type JobReportBody = z.infer<typeof JobReportBody>;

/**
 * One report of a host. `signature` is Ed25519 by the host's key over the canonical JSON of all other fields; its
 * SHA-256 is `previous` of the next one.
 */
export const SignedReport = z
  .strictObject({
    assetId: z.uuid(),
    /** Of the agent's state: another one is a host that was installed again or copied. */
    instance: z.uuid(),
    bootId: textOf(64).min(1),
    epoch: Count,
    /** The first report of an instance is 1; each one after it is one more. */
    sequence: z.number().int().positive(),
    previous: HashText.nullable(),
    job: HashText,
    report: JobReportBody,
    at: Timestamp,
    signature: z
      .string()
      .max(128)
      .regex(/^[A-Za-z0-9_-]+$/, 'base64url'),
  })
  .meta({ id: 'SignedReport' });
export type SignedReport = z.infer<typeof SignedReport>;

export const ReportsRequest = z
  .strictObject({ reports: z.array(SignedReport).min(1).max(REPORTS_PER_REQUEST_MAX) })
  .meta({ id: 'ReportsRequest' });
export type ReportsRequest = z.infer<typeof ReportsRequest>;

export const ReportsAnswer = z
  .object({
    /** Everything up to this one is committed; the agent forgets it. */
    acknowledged: Count,
    /** Reports are missing before the one that was sent: send again from here on. */
    resendFrom: z.number().int().positive().optional(),
    /** Two hosts speak with one key: nothing is granted to either. */
    fork: z.literal(true).optional(),
  })
  .meta({ id: 'ReportsAnswer' });
export type ReportsAnswer = z.infer<typeof ReportsAnswer>;

export const RootsAnswer = z
  .object({ roots: z.array(EnvelopeBody).max(ROOTS_PER_ANSWER_MAX) })
  .meta({ id: 'RootsAnswer' });
export type RootsAnswer = z.infer<typeof RootsAnswer>;
