export type { Grant, GrantCheck, GrantFacts } from './decide-grant.ts';
export { decideGrant, decideGrantUnder, GRANT_CHECKS, START_WITHIN_MS } from './decide-grant.ts';
export type { NamedJob, WaveFacts, WaveResult } from './decide-wave.ts';
export { decideWave, jobFact, waveResult } from './decide-wave.ts';
export type { JobFact } from './limit.ts';
export { limitReached, limitReasons } from './limit.ts';
export type { FiledItem, MissingItem } from './manual.ts';
export { missingOf, PHASE_OF_STEP } from './manual.ts';
