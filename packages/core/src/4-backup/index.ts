export type { BackupCover, BackupFact, BackupsChecked, ProofFact } from './decide.ts';
export { checkBackups, decideBackup } from './decide.ts';
