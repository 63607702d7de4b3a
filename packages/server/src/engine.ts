/*
 * The rules of the shell that stand over a store and need no PostgreSQL: the server runs them over its database, the
 * simulator over a model of one. Nobody else enters here.
 */
export { type GrantParts, grantJob } from './6-deployment/agent-grant.ts';
export { markOffered } from './6-deployment/agent-offer.ts';
export { ordersOf } from './6-deployment/agent-tasks.ts';
export type { By, GrantStore, ReportStore } from './6-deployment/deployment-store.ts';
export type { NewGrant } from './6-deployment/grant-store.ts';
export type { HostRow } from './6-deployment/host-store.ts';
export { BROKEN, SILENCE } from './6-deployment/job-step.ts';
export type { Job } from './6-deployment/job-store.ts';
export { grantCancel, grantDeclare, grantSilence, JOBS_CANCEL, JOBS_DECLARE } from './6-deployment/job-wishes.ts';
export { noSuchJob } from './6-deployment/no-such-job.ts';
export { acceptReports } from './6-deployment/reports.ts';
export { advanceIn } from './campaign/advance.ts';
export { APPOINTMENT } from './campaign/appointments.ts';
export { grantAppointment, grantBroken } from './campaign/campaign-wishes.ts';
export type { Move, WaveLook } from './campaign/follow/look.ts';
export type { WaveStore } from './campaign/follow/wave-store.ts';
export { followDeploying, followNothingLeft, followScheduled, followStopped } from './campaign/follow/waves.ts';
export type { MachineStore } from './campaign/machine-store.ts';
export { PROGRESS, progressCampaign } from './campaign/progress-step.ts';
export type { Stream } from './platform/campaign-door.ts';
export type { JsonValue } from './platform/column-types.ts';
export type { Actor, Changed, GrantedWish, NewLeaf, TimerChange, Wish } from './platform/corridor.ts';
export { Refusal } from './platform/http/refusal.ts';
