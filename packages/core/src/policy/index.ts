export type { DecisionTable } from './decision-table.ts';
export { outcomeOf } from './decision-table.ts';
export type { Policy, PriorityWeights } from './policy.ts';
export { DEFAULT_POLICY } from './policy.ts';
export type { Severity } from './severity.ts';
export { SEVERITIES } from './severity.ts';
export type { BodOutcome, CoordinatorOutcome, DeployerOutcome, HumanImpact } from './ssvc-tables.ts';
export { BOD_26_04, SSVC_COORDINATOR, SSVC_DEPLOYER, SSVC_HUMAN_IMPACT } from './ssvc-tables.ts';
