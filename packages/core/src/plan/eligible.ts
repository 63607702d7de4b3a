import { type Reason, type ReasonCode, reasonOf } from '../vocabulary/index.ts';
import type { PlanAsset, PlanFacts } from './facts.ts';
import { changesOf, type Evidence, pairsOf, pairText } from './pairs.ts';

/** Whether this kind of plan is about the asset at all. */
export function isMeant({ ring }: PlanAsset, { kind }: PlanFacts): boolean {
  return ring === (kind === 'test');
}

/** Why an asset cannot be in the plan, beside its windows. // SOP P3.1 P4, checklist c8 c9 c14 */
export function obstaclesOf(asset: PlanAsset, facts: PlanFacts, evidence: Evidence): Reason[] {
  if (asset.transaction === null && asset.manual === undefined) return [reasonOf('proposal-pending', asset.assetId)];
  const { kind } = facts;
  const codes: [ReasonCode, boolean][] = [
    ['transaction-not-an-upgrade', !isUpgrade(asset)],
    ['ring-not-apart', kind === 'test' && asset.environment !== 'non-production'],
    ['backup-missing', kind === 'production' && !hasBackup(asset)],
  ];
  const untested = kind === 'test' ? [] : pairsOf(asset).filter((pair) => !evidence.isEligible(pair));
  return [
    ...codes.filter(([, holds]) => holds).map(([code]) => reasonOf(code, asset.assetId)),
    ...untested.map((pair) => reasonOf('pair-untested', pairText(pair))),
  ];
}

/** Nothing goes away, and what comes new comes with something that gets newer. // decided 31 */
function isUpgrade(asset: PlanAsset): boolean {
  const changes = changesOf(asset);
  return changes.some(({ from }) => from !== null) && changes.every(({ from, to }) => to !== null && to !== from);
}

function hasBackup({ backup }: PlanAsset): boolean {
  return backup !== null && backup.kind !== 'not-needed';
}
