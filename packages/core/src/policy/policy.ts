import { type Criticality, DAY_MS, type Exposure, HOUR_MS, type Lane, MINUTE_MS } from '../vocabulary/index.ts';
import type { LanePolicy } from './lane-policy.ts';
import { DEFAULT_LANES } from './lanes.ts';
import { RATING_VOICES, type RatingVoice, type Severity } from './severity.ts';
import type { HumanImpact } from './ssvc-tables.ts';

/** The figures of the procedure, as data: an organization changes these and nothing else. // SOP C1 C3 */
export interface Policy {
  /**
   * Names the figures of step 2 and stands in every assessment, so that each can be computed again. Lanes and schedule
   * do not touch assessments: those are named by the hash of the policy, which stands in every plan.
   */
  readonly version: string;
  readonly routine: { readonly dueMs: number };
  readonly critical: {
    readonly dueMs: number;
    /** From this CVSS base score on. */
    readonly cvssMin: number;
  };
  /** Whom to believe of several that rate a vulnerability, first to last. Who is left out is shown, and not believed. */
  readonly severity: { readonly voices: readonly RatingVoice[] };
  readonly emergency: {
    /** Assets that can be reached from outside first, then the others. */
    readonly exposedDueMs: number;
    readonly otherDueMs: number;
  };
  readonly mitigation: { readonly dueMs: number };
  /** A platform to which no fix comes any more: unpatchable, until it is replaced. // SP 800-40r4 §2.3 */
  readonly endOfLife: {
    /** How it travels, and how long it may stay from the end of its support or our first sight of it. */
    readonly lane: Lane;
    readonly dueMs: number;
    /** This long before the end people are warned. */
    readonly warnMs: number;
  };
  /**
   * An advisory that we first see this long after the release is our own delay, and the clock runs from the release.
   * What is older was released before we looked: backlog.
   */
  readonly identificationLagMs: number;
  /** Whether the dates of CISA bind this organization, or are only shown. // BOD 26-04 binds federal agencies */
  readonly binding: { readonly bod2604: boolean; readonly knownExploitedDue: boolean };
  readonly ssvc: {
    readonly humanImpact: Readonly<Record<Criticality, HumanImpact>>;
    readonly exposure: Readonly<Record<Exposure, 'S' | 'C' | 'O'>>;
  };
  readonly priority: PriorityWeights;
  readonly lanes: Readonly<Record<Lane, LanePolicy>>;
  readonly schedule: SchedulePolicy;
}

/** How windows become the spans in which hosts may start. // rollout-and-trust §2.7 */
export interface SchedulePolicy {
  /** Kept free at both ends of a window: clocks that are further apart are refused by the hosts. */
  readonly guardMs: number;
  /** What a transaction takes on nearly every host, where nothing was measured yet. */
  readonly expectedDurationMs: number;
  /** A shorter span in which to start would be missed by a host that asks once a minute. */
  readonly startSpanMinMs: number;
  /** What a member of a redundancy group gets before its fellows got theirs. */
  readonly strictSpanMs: number;
  /** Further spans in the same signed plan, so that a slip needs no new signatures. */
  readonly sparesMax: number;
  /** A host that was away now may be back after this. */
  readonly spareSpacingMs: number;
}

/**
 * Priority orders work of equal urgency; it decides nothing. It is impact x likelihood x criticality x exposure, and
 * `scale` makes the highest possible product 100. // SOP P2.1, checklist c5
 */
export interface PriorityWeights {
  /** 0 to 10, where no CVSS base score is known. Unknown counts as high: it must not sink below what is known. */
  readonly impact: Readonly<Record<Severity, number>>;
  /** 0 to 1: at least this chance of an attack, whatever EPSS says. */
  readonly likelihoodMin: { readonly any: number; readonly publicPoc: number; readonly active: number };
  /** What EPSS adds to it. Scores of two models do not compare, so each has its own steps. // FIRST EPSS */
  readonly epss: {
    /** By the version of the model, as its header names it: by the score, 0 to 1. */
    readonly models: Readonly<Record<string, readonly LikelihoodFrom[]>>;
    /** For the other models: by the share of all vulnerabilities that score no higher, 0 to 1. */
    readonly byPercentile: readonly LikelihoodFrom[];
  };
  readonly criticality: Readonly<Record<Criticality, number>>;
  readonly exposure: Readonly<Record<Exposure, number>>;
  readonly scale: number;
}

/** From this value on an attack is at least so likely. */
export interface LikelihoodFrom {
  readonly from: number;
  readonly likelihood: number;
}

/** The procedure's own figures, and ours where it names none. */
export const DEFAULT_POLICY: Policy = {
  version: 'sop-3',
  // SOP S2: monthly, or as the vendor recommends.
  routine: { dueMs: 30 * DAY_MS },
  // SOP S1: within 48 hours of release. CVSS 4.0 §6: critical begins at 9.0.
  critical: { dueMs: 48 * HOUR_MS, cvssMin: 9 },
  // Whoever built the package knows best; NVD rates without it, and last. Security stands before all of them.
  severity: { voices: RATING_VOICES },
  // SOP S3: at once, after an expedited risk assessment and approval.
  emergency: { exposedDueMs: 24 * HOUR_MS, otherDueMs: 48 * HOUR_MS },
  mitigation: { dueMs: 4 * HOUR_MS },
  // Nobody upgrades a release in four hours; meanwhile it is mitigated, or somebody answers for it.
  endOfLife: { lane: 'mitigation', dueMs: 30 * DAY_MS, warnMs: 180 * DAY_MS },
  identificationLagMs: DAY_MS,
  binding: { bod2604: false, knownExploitedDue: false },
  ssvc: {
    humanImpact: { low: 'L', normal: 'M', high: 'H', critical: 'VH' },
    exposure: { isolated: 'S', internal: 'C', public: 'O', unknown: 'O' },
  },
  priority: {
    impact: { none: 0, low: 2, medium: 5, high: 8, critical: 10, unknown: 8 },
    likelihoodMin: { any: 0.1, publicPoc: 0.5, active: 1 },
    // Of some 360,000 scored vulnerabilities 1 in 100 is likely attacked soon, 4 more are as likely as a public exploit.
    epss: {
      models: {},
      byPercentile: [
        { from: 0.8, likelihood: 0.25 },
        { from: 0.95, likelihood: 0.5 },
        { from: 0.99, likelihood: 0.9 },
      ],
    },
    criticality: { low: 0.5, normal: 1, high: 1.5, critical: 2 },
    exposure: { isolated: 0.25, internal: 0.5, public: 1, unknown: 1 },
    scale: 5,
  },
  lanes: DEFAULT_LANES,
  schedule: {
    guardMs: 2 * MINUTE_MS,
    expectedDurationMs: 15 * MINUTE_MS,
    startSpanMinMs: 10 * MINUTE_MS,
    strictSpanMs: HOUR_MS,
    sparesMax: 2,
    spareSpacingMs: 20 * HOUR_MS,
  },
};
