export type { Approval, ApprovalFacts } from './decide.ts';
export { decideApproval } from './decide.ts';
export type { NoticeFact, NoticeFacts, Notified } from './decide-notice.ts';
export { decideNotice } from './decide-notice.ts';
export { missingVotes } from './votes.ts';
export { missingAgreements } from './windows.ts';
