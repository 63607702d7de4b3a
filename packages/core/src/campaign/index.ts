export type { ScopedAsset, SignedBy, TrialResult } from '../vocabulary/index.ts';
export type { CampaignCommand } from './commands.ts';
export type { Decider } from './decisions/decider.ts';
export type { Need } from './decisions/needs.ts';
export { isOver, needsOf } from './decisions/needs.ts';
export type { DecisionKind, OpenDecision } from './decisions/open-decisions.ts';
export { DECISION_KINDS, openDecisions } from './decisions/open-decisions.ts';
export type { PlanAct, PlanActName, RollbackPlan } from './decisions/plan-acts.ts';
export { PLAN_ACTS, planActs } from './decisions/plan-acts.ts';
export type {
  By,
  CampaignEvent,
  CampaignEventKind,
  CampaignUpdate,
  EventOf,
  RiskAssessment,
  TimerKind,
} from './event.ts';
export { evolve, fold } from './evolve.ts';
export type { Explanation } from './explain.ts';
export { explain } from './explain.ts';
export { approverRoles, criticalityOf, productionOf } from './guards/case.ts';
export { discrepancies, soakEnds } from './guards/deployment.ts';
export { GUARDS, type GuardName, type Guards } from './guards/index.ts';
export type { DeploymentReport } from './report.ts';
export { deploymentReport, signatureKey } from './report.ts';
export { isEnd, isStopped, roomOf, standsIn } from './room-of.ts';
export type * from './state.ts';
export type { CampaignEnd, CampaignStateName, Room } from './state-name.ts';
export { CAMPAIGN_ENDS, CAMPAIGN_STATES, ROOMS } from './state-name.ts';
export type { StepContext, Stepped } from './step.ts';
export { step, stepUnder } from './step.ts';
export type { Straggler, StragglerFacts } from './stragglers.ts';
export { stragglersOf } from './stragglers.ts';
export type { Transition } from './table.ts';
export { CAMPAIGN_TABLE } from './table.ts';
export type { CampaignTimer } from './timers.ts';
