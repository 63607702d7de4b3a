import { BOD_26_04, type BodOutcome, outcomeOf, type TableName } from '../policy/index.ts';
import { type AssetFacts, DAY_MS, type Instant } from '../vocabulary/index.ts';
import { isExposed } from './exposure.ts';
import type { VulnerabilityFacts } from './facts.ts';

/** CISA BOD 26-04 for one vulnerability on one asset. */
export interface BodAssessment {
  readonly outcome: BodOutcome;
  /** null: with the next upgrade of the system. */
  readonly due: Instant | null;
  /** Whether it binds here; otherwise it is only shown. */
  readonly binding: boolean;
  readonly table: TableName;
  readonly inputs: BodInputs;
}

/** What went into the table; null: nobody says, and it was taken at its strict side. */
interface BodInputs {
  readonly knownExploited: boolean;
  readonly exposed: boolean;
  readonly automatable: boolean | null;
  readonly technicalImpact: 'partial' | 'total' | null;
}

/** Strictest first. */
const STRICTNESS: readonly BodOutcome[] = ['3DF', '3D', '14D', '60D', 'FSU'];
const DAYS: Readonly<Record<BodOutcome, number | null>> = { '3DF': 3, '3D': 3, '14D': 14, '60D': 60, FSU: null };

/**
 * Unknown exposure counts as exposed; unknown automatable or impact gives 60 days at most, and what is known may make
 * it stricter. // BOD 26-04, implementation guidance
 * The time runs from the earlier of the listing in KEV and our first sight on the asset.
 */
export function bodOf(
  facts: VulnerabilityFacts,
  asset: AssetFacts,
  firstSeen: Instant,
  binding: boolean,
): BodAssessment {
  const inputs = inputsOf(facts, asset);
  const outcome = bodOutcomeOf(inputs);
  const days = DAYS[outcome];
  const start = Math.min(firstSeen, facts.knownExploited?.added ?? firstSeen);
  return {
    outcome,
    due: days === null ? null : start + days * DAY_MS,
    binding,
    table: { name: BOD_26_04.name, version: BOD_26_04.version },
    inputs,
  };
}

function inputsOf({ knownExploited, ssvc }: VulnerabilityFacts, asset: AssetFacts): BodInputs {
  return {
    knownExploited: knownExploited !== null,
    exposed: isExposed(asset.exposure),
    automatable: ssvc?.automatable ?? null,
    technicalImpact: ssvc?.technicalImpact ?? null,
  };
}

function bodOutcomeOf({ knownExploited, exposed, automatable, technicalImpact }: BodInputs): BodOutcome {
  const known = outcomeOf(BOD_26_04, [
    knownExploited ? 'Y' : 'N',
    exposed ? 'Y' : 'N',
    automatable === true ? 'Y' : 'N',
    technicalImpact === 'total' ? 'T' : 'P',
  ]);
  return automatable === null || technicalImpact === null ? strictestBod(known, '60D') : known;
}

export function strictestBod(a: BodOutcome, b: BodOutcome): BodOutcome {
  return STRICTNESS.indexOf(a) <= STRICTNESS.indexOf(b) ? a : b;
}

/** Due within 14 days or less. */
export function isUrgentBod(outcome: BodOutcome): boolean {
  return STRICTNESS.indexOf(outcome) <= STRICTNESS.indexOf('14D');
}
