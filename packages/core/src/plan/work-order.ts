import type { PackageChange } from './change.ts';
import type { ManualChange, PlanAsset, PlanFacts } from './facts.ts';
import type { Interval } from './interval.ts';
import type { BackupEvidence, HealthChecks, HealthProfile, Leaf, ManualLeaf, PlanLeaf } from './leaf.ts';
import { manualLeaf } from './manual-leaf.ts';
import { type Evidence, pairsOf } from './pairs.ts';

interface Slot {
  readonly wave: number;
  readonly intervals: readonly Interval[];
}

/** All that the agent of an asset, or a person on it, may do under the plan. */
export function workOrderOf(asset: PlanAsset, slot: Slot, facts: PlanFacts, evidence: Evidence): PlanLeaf {
  return asset.manual === undefined
    ? hostOrderOf(asset, slot, facts, evidence)
    : manualOrderOf(asset, asset.manual, slot, facts);
}

function manualOrderOf(asset: PlanAsset, manual: ManualChange, slot: Slot, facts: PlanFacts): ManualLeaf {
  return manualLeaf({ ...manual, assetId: asset.assetId, ...slot, backup: backupOf(asset, facts) });
}

function hostOrderOf(asset: PlanAsset, { wave, intervals }: Slot, facts: PlanFacts, evidence: Evidence): Leaf {
  const { assetId, health, reboot, transaction } = asset;
  if (transaction === null) throw new Error(`asset ${assetId} has no transaction to make a work order of`);
  return {
    assetId,
    ecosystem: transaction.ecosystem,
    wave,
    changes: transaction.changes.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1)),
    restarts: distinct(asset.restarts).sort(),
    reboot,
    intervals,
    health: profileOf(health),
    backup: backupOf(asset, facts),
    rollback: transaction.rollback,
    rollbackGraceMs: mayGoBackAlone(asset, facts, evidence) ? facts.policy.lanes[facts.lane].rollbackGraceMs : 0,
  };
}

/** One form for one meaning: the bytes of a work order are what is signed. */
function placeOf({ name, architecture }: PackageChange): string {
  return `${name} ${architecture}`;
}

function profileOf({ further, watchMs, ...required }: HealthProfile): HealthProfile {
  const profile = { ...checksOf(required), watchMs };
  if (further === undefined) return profile;
  const { files, errorLinesMax, wanted } = further;
  const told = { ...checksOf(wanted), files: distinct(wanted.files).sort() };
  return { ...profile, further: { files: distinct(files).sort(), errorLinesMax, wanted: told } };
}

function checksOf({ units, ports, urls }: HealthChecks): HealthChecks {
  return {
    units: distinct(units).sort(),
    ports: distinct(ports).sort((a, b) => a - b),
    urls: distinct(urls).sort(),
  };
}

function distinct<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}

function backupOf({ assetId, backup }: PlanAsset, { kind }: PlanFacts): BackupEvidence {
  if (kind === 'test') return backup ?? { kind: 'not-needed' };
  if (backup === null) throw new Error(`asset ${assetId} has neither a backup proof nor a waiver`);
  return backup;
}

/** In production only what the ring has done before. // decided 30 */
function mayGoBackAlone(asset: PlanAsset, { kind }: PlanFacts, evidence: Evidence): boolean {
  if (asset.transaction?.rollback.kind !== 'downgrade') return false;
  return kind === 'test' || pairsOf(asset).every((pair) => evidence.isRehearsed(pair));
}
