export type { PlanFact } from './check-plan.ts';
export { checkPlanAgainstLeaves } from './check-plan.ts';
export { decodeLeaf, decodePlanLeaf, encodeLeaf, LEAF_BYTES_MAX } from './leaf-codec.ts';
export type { LeafTree, PlacedLeaf } from './leaf-tree.ts';
export { isInPlan, leafTree, leavesRootOf } from './leaf-tree.ts';
export { decodePlan, encodePlan, jobKey, LEAVES_MAX, planIdOf } from './plan-codec.ts';
