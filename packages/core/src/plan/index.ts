export type { ManagedEcosystem, PackageChange, Rollback } from './change.ts';
export { MANAGED_ECOSYSTEMS } from './change.ts';
export { checkPlan } from './check-plan.ts';
export type { SignableFacts } from './check-signable.ts';
export { checkSignable } from './check-signable.ts';
export { isClosed } from './closed.ts';
export type { CycleRule, DueTurn, MaintenanceCycle, Turn } from './cycle.ts';
export { dueTurns, nextTurns } from './cycle.ts';
export type {
  CompiledPlan,
  LeftOut,
  ManualChange,
  PackagePair,
  PlanAsset,
  PlanFacts,
  PlannedWave,
  PlanParts,
  PlanResult,
  ProvenPair,
} from './facts.ts';
export type { Feasibility } from './feasibility.ts';
export { feasibilityOf } from './feasibility.ts';
export type { Freeze } from './freeze.ts';
export { frozenSpans } from './freeze.ts';
export type { Interval } from './interval.ts';
export type { BackupEvidence, FurtherChecks, HealthChecks, HealthProfile, Leaf, ManualLeaf, PlanLeaf } from './leaf.ts';
export type { ManualParts } from './manual-leaf.ts';
export { manualLeaf } from './manual-leaf.ts';
export type { ChecklistItem, ChecklistStep, ItemEvidence, ManualWork } from './manual-work.ts';
export { CHECKLIST_ITEMS_MAX, CHECKLIST_STEPS, checklistFault, ITEM_EVIDENCE } from './manual-work.ts';
export type { PlanBody, PlanKind, PlanSummary } from './plan.ts';
export { PLAN_KINDS } from './plan.ts';
export { compilePlan } from './planner.ts';
export type { Target, TransactionProposal, VerifiedTransaction } from './proposal.ts';
export type { CompiledRollback, RollbackAsset, RollbackFacts } from './rollback-planner.ts';
export { compileRollback } from './rollback-planner.ts';
export { summarize } from './summary.ts';
export type { MonthlyWindow, OneOffWindow, Weekday, WeeklyWindow, WindowRule } from './window-rule.ts';
export { WEEKDAYS } from './window-rule.ts';
export type { Openings } from './windows.ts';
export { compileOpenings, compileWindows } from './windows.ts';
export type { ZoneTable } from './zone-clock.ts';
export { offsetAt } from './zone-clock.ts';
