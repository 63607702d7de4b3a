import type { DecisionTable } from './decision-table.ts';

// The tables that CISA and CERT/CC publish, as facts: keys and outcomes are theirs. ssvc-tables.test.ts compares every
// row with the published files. // CERTCC/SSVC data/json

const NO_YES = ['N', 'Y'] as const;
const EXPLOITATION = ['N', 'P', 'A'] as const;
const TECHNICAL_IMPACT = ['P', 'T'] as const;
const HUMAN_IMPACT = ['L', 'M', 'H', 'VH'] as const;

/** 3 days with forensic triage, 3, 14 or 60 days, or with the next upgrade of the system. */
export type BodOutcome = '3DF' | '3D' | '14D' | '60D' | 'FSU';

/** In KEV, publicly exposed, automatable, technical impact. // CISA BOD 26-04 */
export const BOD_26_04: DecisionTable<
  readonly [typeof NO_YES, typeof NO_YES, typeof NO_YES, typeof TECHNICAL_IMPACT],
  BodOutcome
> = {
  name: 'CISA BOD 26-04',
  version: '1.0.0',
  inputs: [NO_YES, NO_YES, NO_YES, TECHNICAL_IMPACT],
  // biome-ignore format: a row per pair of the first two inputs
  outcomes: [
    'FSU', 'FSU', '60D', '60D',
    '60D', '14D', '14D', '3D',
    '14D', '14D', '14D', '3DF',
    '14D', '3DF', '3D', '3DF',
  ],
};

/** Defer, scheduled, out of cycle, immediate. */
export type DeployerOutcome = 'D' | 'S' | 'O' | 'I';

/** Exploitation, system exposure (small, controlled, open), automatable, human impact. // SSVC deployer 1.0.0 */
export const SSVC_DEPLOYER: DecisionTable<
  readonly [typeof EXPLOITATION, readonly ['S', 'C', 'O'], typeof NO_YES, typeof HUMAN_IMPACT],
  DeployerOutcome
> = {
  name: 'SSVC deployer patch application priority',
  version: '1.0.0',
  inputs: [EXPLOITATION, ['S', 'C', 'O'], NO_YES, HUMAN_IMPACT],
  // biome-ignore format: a row per exploitation and exposure
  outcomes: [
    'D', 'D', 'S', 'S', 'D', 'S', 'S', 'S',
    'D', 'S', 'S', 'S', 'S', 'S', 'S', 'S',
    'D', 'S', 'S', 'S', 'S', 'S', 'S', 'O',
    'D', 'S', 'S', 'S', 'S', 'S', 'S', 'S',
    'D', 'S', 'S', 'S', 'S', 'S', 'S', 'O',
    'S', 'S', 'S', 'O', 'S', 'S', 'O', 'O',
    'S', 'S', 'O', 'O', 'S', 'O', 'O', 'O',
    'S', 'S', 'O', 'O', 'O', 'O', 'O', 'O',
    'S', 'O', 'O', 'I', 'O', 'O', 'I', 'I',
  ],
};

/** Track, track closely, attend, act. */
export type CoordinatorOutcome = 'T' | 'T*' | 'AT' | 'AC';

/** Exploitation, automatable, technical impact, mission and well-being impact. // CISA coordinator 2.0.3 */
export const SSVC_COORDINATOR: DecisionTable<
  readonly [typeof EXPLOITATION, typeof NO_YES, typeof TECHNICAL_IMPACT, readonly ['L', 'M', 'H']],
  CoordinatorOutcome
> = {
  name: 'CISA coordinator',
  version: '2.0.3',
  inputs: [EXPLOITATION, NO_YES, TECHNICAL_IMPACT, ['L', 'M', 'H']],
  // biome-ignore format: a row per exploitation and automatable
  outcomes: [
    'T', 'T', 'T', 'T', 'T', 'T*',
    'T', 'T', 'AT', 'T', 'T', 'AT',
    'T', 'T', 'T*', 'T', 'T*', 'AT',
    'T', 'T', 'AT', 'T', 'T*', 'AT',
    'T', 'T', 'AT', 'T', 'AT', 'AC',
    'AT', 'AT', 'AC', 'AT', 'AC', 'AC',
  ],
};

export type HumanImpact = (typeof HUMAN_IMPACT)[number];

/** Safety impact (negligible to catastrophic), mission impact. // SSVC human impact 1.0.0 */
export const SSVC_HUMAN_IMPACT: DecisionTable<
  readonly [readonly ['N', 'M', 'R', 'C'], readonly ['D', 'MSC', 'MEF', 'MF']],
  HumanImpact
> = {
  name: 'SSVC human impact',
  version: '1.0.0',
  inputs: [
    ['N', 'M', 'R', 'C'],
    ['D', 'MSC', 'MEF', 'MF'],
  ],
  // biome-ignore format: a row per safety impact
  outcomes: [
    'L', 'L', 'M', 'VH',
    'L', 'L', 'M', 'VH',
    'M', 'H', 'H', 'VH',
    'VH', 'VH', 'VH', 'VH',
  ],
};
