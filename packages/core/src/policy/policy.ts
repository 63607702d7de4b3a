import { type Criticality, DAY_MS, type Exposure, HOUR_MS } from '../vocabulary/index.ts';
import type { Severity } from './severity.ts';
import type { HumanImpact } from './ssvc-tables.ts';

/** The figures of the procedure, as data: an organization changes these and nothing else. // SOP C1 C3 */
export interface Policy {
  /** Stands in every assessment, so that each can be computed again. */
  readonly version: string;
  readonly routine: { readonly dueMs: number };
  readonly critical: {
    readonly dueMs: number;
    /** From this CVSS base score on. */
    readonly cvssMin: number;
  };
  readonly emergency: {
    /** Assets that can be reached from outside first, then the others. */
    readonly exposedDueMs: number;
    readonly otherDueMs: number;
  };
  readonly mitigation: { readonly dueMs: number };
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
  readonly criticality: Readonly<Record<Criticality, number>>;
  readonly exposure: Readonly<Record<Exposure, number>>;
  readonly scale: number;
}

/** The procedure's own figures, and ours where it names none. */
export const DEFAULT_POLICY: Policy = {
  version: 'sop-1',
  // SOP S2: monthly, or as the vendor recommends.
  routine: { dueMs: 30 * DAY_MS },
  // SOP S1: within 48 hours of release. CVSS 4.0 §6: critical begins at 9.0.
  critical: { dueMs: 48 * HOUR_MS, cvssMin: 9 },
  // SOP S3: at once, after an expedited risk assessment and approval.
  emergency: { exposedDueMs: 24 * HOUR_MS, otherDueMs: 48 * HOUR_MS },
  mitigation: { dueMs: 4 * HOUR_MS },
  identificationLagMs: DAY_MS,
  binding: { bod2604: false, knownExploitedDue: false },
  ssvc: {
    humanImpact: { low: 'L', normal: 'M', high: 'H', critical: 'VH' },
    exposure: { isolated: 'S', internal: 'C', public: 'O', unknown: 'O' },
  },
  priority: {
    impact: { none: 0, low: 2, medium: 5, high: 8, critical: 10, unknown: 8 },
    likelihoodMin: { any: 0.1, publicPoc: 0.5, active: 1 },
    criticality: { low: 0.5, normal: 1, high: 1.5, critical: 2 },
    exposure: { isolated: 0.25, internal: 0.5, public: 1, unknown: 1 },
    scale: 5,
  },
};
