import type { LanePolicy } from '../policy/index.ts';
import { type Hash, type Instant, type Reason, reasonOf, type Verdict } from '../vocabulary/index.ts';

/** What a prober saw in a backup repository. An exit code proves nothing; a snapshot does. // rollout-and-trust §2.7 */
export interface ProofFact {
  /** Hash of the signed proof. */
  readonly evidence: Hash;
  /** Whose files the snapshot says it holds. */
  readonly hostname: string;
  readonly takenAt: Instant;
  readonly bytes: number;
  /** Sizes of earlier snapshots of this host. */
  readonly earlierBytes: readonly number[];
  /** The last integrity check of the repository; null: never. */
  readonly checkedAt: Instant | null;
}

export interface BackupFact {
  readonly assetId: string;
  /** What the asset is called in reasons. */
  readonly name: string;
  readonly hostname: string;
  /** The newest. */
  readonly proof: ProofFact | null;
  /** The owner's word that the asset may be changed without one. */
  readonly waiver: { readonly statement: Hash; readonly expiresAt: Instant } | null;
}

export interface BackupCover {
  readonly assetId: string;
  readonly evidence: Hash;
  readonly waived: boolean;
}

export interface BackupsChecked {
  readonly proofs: readonly BackupCover[];
  readonly missing: readonly Reason[];
}

/** A snapshot that differs by more than this share from the median of those before is suspect. */
const SIZE_DIFFERENCE_MAX = 0.5;
/** With fewer there is no usual size yet. */
const EARLIER_MIN = 3;

/** Step 4. // SOP P4, checklist c14, §2.8 S9 */
export function decideBackup(facts: readonly BackupFact[], lane: LanePolicy, now: Instant): Verdict<BackupsChecked> {
  const checked = checkBackups(facts, lane, now);
  if (checked.missing.length > 0) return { kind: 'wait', waitingOn: checked.missing };
  return { kind: 'proceed', value: checked };
}

/** Which assets are covered, by a proof or by a waiver, and why the others are not. */
export function checkBackups(facts: readonly BackupFact[], lane: LanePolicy, now: Instant): BackupsChecked {
  const checked = facts.map((fact) => ({ fact, problems: proofProblems(fact, lane, now) }));
  const proofs: BackupCover[] = [];
  const missing: Reason[] = [];
  for (const { fact, problems } of checked) {
    const { assetId, name, proof, waiver } = fact;
    if (proof !== null && problems.length === 0) proofs.push({ assetId, evidence: proof.evidence, waived: false });
    else if (waiver !== null && now < waiver.expiresAt)
      proofs.push({ assetId, evidence: waiver.statement, waived: true });
    else missing.push(...problems, ...(waiver === null ? [] : [reasonOf('waiver-expired', name)]));
  }
  return { proofs, missing };
}

function proofProblems({ name, hostname, proof }: BackupFact, lane: LanePolicy, now: Instant): Reason[] {
  if (proof === null) return [reasonOf('backup-missing', name)];
  const { takenAt, checkedAt } = proof;
  const problems: Reason[] = [];
  if (proof.hostname !== hostname) problems.push(reasonOf('backup-of-other-host', name));
  if (now - takenAt > lane.backupAgeMaxMs) problems.push(reasonOf('backup-stale', name));
  if (hasOddSize(proof)) problems.push(reasonOf('backup-too-small', name));
  if (checkedAt === null) problems.push(reasonOf('backup-integrity-unknown', name));
  else if (now - checkedAt > lane.integrityAgeMaxMs) problems.push(reasonOf('backup-integrity-stale', name));
  return problems;
}

/** An empty snapshot is none, however well it was taken. */
function hasOddSize({ bytes, earlierBytes }: ProofFact): boolean {
  if (bytes <= 0) return true;
  if (earlierBytes.length < EARLIER_MIN) return false;
  const median = medianOf(earlierBytes);
  return Math.abs(bytes - median) > median * SIZE_DIFFERENCE_MAX;
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
