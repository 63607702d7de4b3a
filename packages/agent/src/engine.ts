/*
 * What an agent does over the disk, the line and the runner that it is given: the product runs it on a host, the simulator
 * in a model of one. Nobody else enters here.
 */
export { JobMemory } from './agentd/held-job.ts';
export { JobAgent } from './agentd/job-agent.ts';
export { ReportQueue } from './agentd/report-queue.ts';
export type { ReportSeal } from './agentd/report-seal.ts';
export { runLoop } from './agentd/run.ts';
export type { RunnerQuestion } from './agentd/runner-client.ts';
export type { Question } from './agentd/server-client.ts';
export { ServerRefusal, ServerUnreachable } from './agentd/server-errors.ts';
export { tasksOf } from './agentd/tasks.ts';
export { actingDeb } from './package-managers/deb/acting.ts';
export { Problem } from './platform/problem.ts';
export type { Shelf } from './platform/shelf.ts';
export type { Surroundings } from './platform/surroundings.ts';
export type { Attempt, JobRecord } from './runner/job-record.ts';
export { commandsOf, type JobFiles, nextStep, type Step, unitName } from './runner/next-step.ts';
export { after, type JobProgress, progressOf } from './runner/progress.ts';
export type { JobStatus, RunnerAnswer } from './runner/protocol.ts';
export { blocked } from './runner/refusal.ts';
export type { Exit } from './runner/units.ts';
