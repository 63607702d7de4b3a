export type { Audited, AuditFacts } from './decide.ts';
export { decideAudit, missingAuditors } from './decide.ts';
