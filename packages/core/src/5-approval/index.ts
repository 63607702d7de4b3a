export type { Approval, ApprovalFacts } from './decide.ts';
export { decideApproval } from './decide.ts';
export type { NoticeFact, NoticeFacts, Notified } from './decide-notice.ts';
export { decideNotice } from './decide-notice.ts';
export type { VoteFacts, VoteOutlook } from './votes.ts';
export { missingVotes, outlookOf } from './votes.ts';
export { assetsNotAgreed, missingAgreements } from './windows.ts';
