import { CRITICALITIES, type Criticality, type Reason, reasonOf } from '../vocabulary/index.ts';
import { isMeant, obstaclesOf } from './eligible.ts';
import type { CompiledPlan, LeftOut, PackagePair, PlanAsset, PlanFacts, PlannedWave, PlanResult } from './facts.ts';
import type { PlanLeaf } from './leaf.ts';
import { Evidence, pairsOf, pairText } from './pairs.ts';
import { type Schedule, scheduleOf } from './schedule.ts';
import { AUTHORITY_TAIL_MS, authorityEnd, expectedOf, startsOf } from './starts.ts';
import { summarize } from './summary.ts';
import { limitsOf, type Wave, wavesOf } from './waves.ts';
import { workOrderOf } from './work-order.ts';

/** From what is known to who gets what when, or why nobody gets anything. The same facts give the same plan. */
export function compilePlan(facts: PlanFacts): PlanResult {
  const evidence = new Evidence(facts, facts.policy.lanes[facts.lane]);
  const meant = facts.assets
    .filter((asset) => isMeant(asset, facts))
    .toSorted((a, b) => (a.assetId < b.assetId ? -1 : 1));
  const checked = meant.map((asset) => ({ asset, reasons: allObstacles(asset, facts, evidence) }));
  const fit = checked.filter(({ reasons }) => reasons.length === 0).map(({ asset }) => asset);
  const compilation = placed(fit, facts, evidence);
  const planned = new Set(compilation.planned);
  const leftOut = [
    ...checked.filter(({ reasons }) => reasons.length > 0).map(({ asset, reasons }) => leftOutBy(asset, reasons)),
    ...fit
      .filter((asset) => !planned.has(asset))
      .map((asset) => leftOutBy(asset, [reasonOf('no-window-in-time', asset.assetId)])),
  ];
  if (planned.size === 0) return { kind: 'refused', leftOut, reasons: refusalOf(meant, leftOut, facts) };
  return { ...compiled(compilation), leftOut, untested: untestedOf(meant, evidence) };
}

/** Sizes of waves rest on who is in the plan: whoever finds no span is taken out, and the rest placed anew. */
function placed(fit: readonly PlanAsset[], facts: PlanFacts, evidence: Evidence): Compilation {
  const waves = facts.kind === 'test' ? [ringWave(fit)] : productionWaves(fit, facts, evidence);
  const schedule = scheduleOf(waves.map(membersOf), facts);
  const planned = fit.filter(({ assetId }) => schedule.intervals.has(assetId));
  // Ends: each time there are fewer.
  return planned.length === fit.length
    ? { facts, evidence, waves, schedule, planned }
    : placed(planned, facts, evidence);
}

function allObstacles(asset: PlanAsset, facts: PlanFacts, evidence: Evidence): Reason[] {
  return [...obstaclesOf(asset, facts, evidence), ...startsOf(asset, facts).missing];
}

function leftOutBy({ assetId }: PlanAsset, reasons: readonly Reason[]): LeftOut {
  return { assetId, reasons };
}

function refusalOf(meant: readonly PlanAsset[], leftOut: readonly LeftOut[], { kind, campaign }: PlanFacts): Reason[] {
  if (meant.length > 0) return leftOut.flatMap(({ reasons }) => reasons);
  return [reasonOf(kind === 'test' ? 'test-host-missing' : 'nothing-to-plan', campaign)];
}

function ringWave(fit: readonly PlanAsset[]): Wave {
  return { members: fit.map((asset) => ({ asset, isLate: false })), cleanBefore: 0 };
}

function productionWaves(fit: readonly PlanAsset[], facts: PlanFacts, evidence: Evidence): Wave[] {
  const candidates = fit.map((asset) => ({ asset, isLate: !canStartBeforeDue(asset, facts) }));
  const cleanHosts = evidence.cleanHosts(fit.flatMap(pairsOf));
  return wavesOf(candidates, limitsOf(facts.policy.lanes[facts.lane], cleanHosts));
}

function canStartBeforeDue(asset: PlanAsset, facts: PlanFacts): boolean {
  const [first] = startsOf(asset, facts).starts;
  return first !== undefined && first.from + expectedOf(asset, facts) <= facts.due;
}

function membersOf({ members }: Wave): readonly PlanAsset[] {
  return members.map(({ asset }) => asset);
}

function untestedOf(meant: readonly PlanAsset[], evidence: Evidence): PackagePair[] {
  const pairs = new Map(meant.flatMap(pairsOf).map((pair) => [pairText(pair), pair]));
  return [...pairs].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, pair]) => (evidence.isProven(pair) ? [] : [pair]));
}

interface Compilation {
  readonly facts: PlanFacts;
  readonly evidence: Evidence;
  readonly waves: readonly Wave[];
  readonly schedule: Schedule;
  readonly planned: readonly PlanAsset[];
}

function compiled(compilation: Compilation): Omit<CompiledPlan, 'leftOut' | 'untested'> {
  const { facts, planned } = compilation;
  const { campaign, kind, lane, requester } = facts;
  const waves = numberedWaves(compilation);
  const leaves = leavesOf(compilation, waves);
  const summary = summarize(leaves);
  return {
    kind: 'compiled',
    body: {
      campaign,
      kind,
      lane,
      requester,
      leafCount: leaves.length,
      criticality: highestOf(planned),
      notAfter: Math.min(summary.lastEnd + AUTHORITY_TAIL_MS, authorityEnd(facts)),
      summary,
    },
    leaves,
    waves,
    infeasible: infeasibleOf(compilation),
  };
}

function numberedWaves({ facts, waves, schedule }: Compilation): PlannedWave[] {
  const first = facts.kind === 'test' ? 0 : 1;
  return waves.map(({ members, cleanBefore }, index) => ({
    wave: first + index,
    opensAt: schedule.opensAt[index] ?? 0,
    cleanBefore,
    assets: members.map(({ asset }) => asset.assetId),
  }));
}

function leavesOf({ facts, evidence, schedule, planned }: Compilation, waves: readonly PlannedWave[]): PlanLeaf[] {
  const waveOf = new Map(waves.flatMap(({ wave, assets }) => assets.map((assetId) => [assetId, wave] as const)));
  return planned.map((asset) => {
    const intervals = schedule.intervals.get(asset.assetId) ?? [];
    return workOrderOf(asset, { wave: waveOf.get(asset.assetId) ?? 0, intervals }, facts, evidence);
  });
}

function infeasibleOf({ facts, schedule, planned }: Compilation): Reason[] {
  return planned
    .filter((asset) => {
      const [first] = schedule.intervals.get(asset.assetId) ?? [];
      return first !== undefined && first.from + expectedOf(asset, facts) > facts.due;
    })
    .map(({ assetId }) => reasonOf('no-window-before-due', assetId, facts.due));
}

function highestOf(assets: readonly PlanAsset[]): Criticality {
  const highest = assets.reduce((rank, { criticality }) => Math.max(rank, CRITICALITIES.indexOf(criticality)), 0);
  return CRITICALITIES[highest] ?? 'critical';
}
