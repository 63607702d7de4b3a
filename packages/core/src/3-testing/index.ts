export type { AssetFiles, VerifiedFiles } from './decide-authenticity.ts';
export { decideAuthenticity } from './decide-authenticity.ts';
export type { HostTrial, InstalledVersion, TrialFacts, TrialHost, TrialReport } from './decide-trial.ts';
export { decideTrial } from './decide-trial.ts';
export type { ChangeProblem, ListedFile, OriginStanding, TransactionFacts } from './judge-transaction.ts';
export { judgeTransaction } from './judge-transaction.ts';
