export type { CvssVersion } from './metrics.ts';
export { VECTOR_FAULTS, type VectorFault } from './parse.ts';
export { type CvssScore, cvssScore } from './score.ts';
export type { CvssSeverity } from './severity.ts';
export { severityOf } from './severity.ts';
