export type { RunEnd } from './agentd/run.ts';
export type { AgentOptions, AgentStatus, EnrollOptions } from './commands.ts';
export { enroll, inventory, leave, run, status } from './commands.ts';
export { Problem } from './platform/problem.ts';
