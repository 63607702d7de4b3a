export type { AuthorizedJob, HostFacts, LeafRequest } from './authorize-leaf.ts';
export { authorizeLeaf } from './authorize-leaf.ts';
export type { AuthorizedPlan, PlanRequest, PlanTally, TallyRequest } from './authorize-plan.ts';
export { authorizePlan, tallyPlan } from './authorize-plan.ts';
export type { Guard } from './guard.ts';
export { readGuard } from './guard.ts';
export { rulesFor } from './quorum.ts';
export type { Tally } from './tally.ts';
