import type { PackageChange } from './change.ts';
import type { ManualChange } from './facts.ts';
import type { Interval } from './interval.ts';
import type { BackupEvidence, ManualLeaf } from './leaf.ts';

/** Everything that is said of a manual work order; the rest of it follows. */
export interface ManualParts extends ManualChange {
  readonly assetId: string;
  readonly wave: number;
  readonly intervals: readonly Interval[];
  readonly backup: BackupEvidence;
}

/** Nothing of ours runs there: nothing is restarted, looked at or taken back by itself. */
const UNATTENDED = {
  restarts: [],
  health: { units: [], ports: [], urls: [], watchMs: 0 },
  rollback: { kind: 'none', why: 'a person carries it out; the way back is in the checklist' },
  rollbackGraceMs: 0,
} as const;

export function manualLeaf({ product, from, to, ...parts }: ManualParts): ManualLeaf {
  const restarts = parts.checklist.some(({ step }) => step === 'restart');
  return {
    executor: 'manual',
    ...parts,
    changes: [productChange({ product, from, to })],
    ...UNATTENDED,
    reboot: restarts ? 'if-needed' : 'never',
  };
}

/** Nobody here has its bytes: the person takes them from the vendor, and says so in the evidence. */
export function productChange({ product, from, to }: Pick<ManualChange, 'product' | 'from' | 'to'>): PackageChange {
  return { name: product, architecture: '', from, to, sha256: null, sizeBytes: 0, origin: null };
}
