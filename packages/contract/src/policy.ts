import { type Policy as PolicyFigures, RATING_VOICES } from '@patchsteward/core/policy';
import { z } from 'zod';
import { HashText, textOf } from './units.ts';

/** Longer than a year no span of the procedure is; a number with too many zeros is a mistake. */
const SPAN_MS_MAX = 400 * 86_400_000;
/** More people than that nobody gets together for one change. */
const SEATS_MAX = 9;

const SpanMs = z.number().int().min(0).max(SPAN_MS_MAX);
/** Of what must take some time. */
const PositiveMs = z.number().int().min(1).max(SPAN_MS_MAX);
const Weight = z.number().min(0).max(100);
const Share = z.number().min(0).max(1);
const HostCount = z.number().int().min(1).max(1_000);

const SignerRole = z.enum(['it', 'owner', 'change', 'security', 'admin', 'auditor']);

function byCriticality<T extends z.ZodType>(value: T) {
  return z.strictObject({ low: value, normal: value, high: value, critical: value });
}

function byExposure<T extends z.ZodType>(value: T) {
  return z.strictObject({ public: value, internal: value, isolated: value, unknown: value });
}

// At least one seat: a policy may say who approves, not that nobody does. // SOP P5
const SeatList = z.array(z.array(SignerRole).min(1).readonly()).min(1).max(SEATS_MAX).readonly();
const ApprovalRuleBody = z.strictObject({
  seats: SeatList,
  cliSignatures: z.number().int().min(0).max(SEATS_MAX),
});

/** By lane and criticality. */
export const ApprovalsBody = z.strictObject({
  routine: byCriticality(ApprovalRuleBody),
  critical: byCriticality(ApprovalRuleBody),
  emergency: byCriticality(ApprovalRuleBody),
  mitigation: byCriticality(ApprovalRuleBody),
});

const LanePolicyBody = z
  .strictObject({
    approvals: byCriticality(ApprovalRuleBody),
    noticeMs: SpanMs,
    coolingOffMs: SpanMs,
    testSoakMs: SpanMs,
    testStartMs: PositiveMs,
    testDebtMs: PositiveMs,
    approvalAskMs: PositiveMs,
    provenHostsMin: HostCount,
    waveSoakMs: SpanMs,
    soakMs: SpanMs,
    authority: z.strictObject({ from: z.enum(['due', 'compiled']), forMs: PositiveMs }),
    backupAgeMaxMs: PositiveMs,
    integrityAgeMaxMs: PositiveMs,
    pauseLimit: z.strictObject({ failures: HostCount, percent: z.number().min(0).max(100), alike: HostCount }),
    expectedFailures: z.number().min(0.1).max(1_000),
    waveShareMax: z.number().min(0.01).max(1),
    startReserveMs: SpanMs,
    rollbackGraceMs: SpanMs,
    response: z.strictObject({ termMaxMs: PositiveMs, seats: SeatList }),
  })
  .meta({ id: 'LanePolicy' });

/** A handful of steps is what a person can have an opinion on. */
const STEPS_MAX = 20;
const LikelihoodSteps = z
  .array(z.strictObject({ from: Share, likelihood: Share }))
  .max(STEPS_MAX)
  .readonly();

/** The figures of the procedure. Strict in every part: a figure that is misspelled must not be ignored. */
export const PolicyBody = z
  .strictObject({
    version: textOf(64).regex(/^[a-z0-9][a-z0-9.+-]*$/, 'must be lower-case letters, digits, dots and dashes'),
    routine: z.strictObject({ dueMs: PositiveMs }),
    critical: z.strictObject({ dueMs: PositiveMs, cvssMin: z.number().min(0).max(10) }),
    // At least one voice: whoever believes nobody has every vulnerability on the critical clock.
    severity: z.strictObject({
      voices: z
        .array(z.enum(RATING_VOICES))
        .min(1)
        .refine((voices) => new Set(voices).size === voices.length, 'must name nobody twice')
        .readonly(),
    }),
    emergency: z.strictObject({ exposedDueMs: PositiveMs, otherDueMs: PositiveMs }),
    mitigation: z.strictObject({ dueMs: PositiveMs }),
    endOfLife: z.strictObject({
      lane: z.enum(['routine', 'critical', 'emergency', 'mitigation']),
      dueMs: PositiveMs,
      warnMs: SpanMs,
    }),
    identificationLagMs: SpanMs,
    binding: z.strictObject({ bod2604: z.boolean(), knownExploitedDue: z.boolean() }),
    ssvc: z.strictObject({
      humanImpact: byCriticality(z.enum(['L', 'M', 'H', 'VH'])),
      exposure: byExposure(z.enum(['S', 'C', 'O'])),
    }),
    priority: z.strictObject({
      impact: z.strictObject({
        none: Weight,
        low: Weight,
        medium: Weight,
        high: Weight,
        critical: Weight,
        unknown: Weight,
      }),
      likelihoodMin: z.strictObject({ any: Share, publicPoc: Share, active: Share }),
      epss: z.strictObject({ models: z.record(textOf(64), LikelihoodSteps), byPercentile: LikelihoodSteps }),
      criticality: byCriticality(Weight),
      exposure: byExposure(Weight),
      scale: Weight,
    }),
    lanes: z.strictObject({
      routine: LanePolicyBody,
      critical: LanePolicyBody,
      emergency: LanePolicyBody,
      mitigation: LanePolicyBody,
    }),
    schedule: z.strictObject({
      guardMs: SpanMs,
      expectedDurationMs: PositiveMs,
      startSpanMinMs: PositiveMs,
      strictSpanMs: PositiveMs,
      sparesMax: z.number().int().min(0).max(10),
      spareSpacingMs: SpanMs,
    }),
  })
  .meta({ id: 'Policy' }) satisfies z.ZodType<PolicyFigures>;

export const PolicyAnswer = z
  .object({
    /** Stands in every plan; the same figures have the same hash. */
    hash: HashText,
    /** The file that was laid over the procedure's own figures; null where there is none. */
    file: z.string().nullable(),
    policy: PolicyBody,
  })
  .meta({ id: 'PolicyAnswer' });
export type PolicyAnswer = z.infer<typeof PolicyAnswer>;
