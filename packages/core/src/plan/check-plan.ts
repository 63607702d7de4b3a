import { CRITICALITIES } from '../vocabulary/index.ts';
import { checkLeaves } from './check-leaves.ts';
import { checkTimes } from './check-times.ts';
import { checkWaves } from './check-waves.ts';
import type { CompiledPlan, PlanFacts } from './facts.ts';
import { faults, type PlanFault } from './plan-fault.ts';

/**
 * Reads a plan against what it was made from, as somebody would who does not believe the planner: not a line is shared
 * with it. No fault means that every invariant holds. // rollout-and-trust §2.8
 */
export function checkPlan(plan: CompiledPlan, facts: PlanFacts): PlanFault[] {
  return [
    ...checkBody(plan, facts),
    ...checkScope(plan, facts),
    ...checkLeaves(plan, facts),
    ...checkTimes(plan, facts),
    ...(facts.kind === 'production' ? checkWaves(plan, facts) : checkRing(plan)),
  ];
}

function checkBody(
  { body, leaves }: CompiledPlan,
  { assets, campaign, kind, lane, requester }: PlanFacts,
): PlanFault[] {
  const differing = Object.entries({ campaign, kind, lane, requester })
    .filter(([name, value]) => body[name as 'campaign' | 'kind' | 'lane' | 'requester'] !== value)
    .map(([name]) => name);
  const planned = new Set(leaves.map(({ assetId }) => assetId));
  const levels = assets.filter(({ assetId }) => planned.has(assetId)).map((asset) => asset.criticality);
  const highest = CRITICALITIES.findLast((level) => levels.includes(level));
  return [
    ...faults('header-differs', differing),
    ...faults('leaf-count-wrong', body.leafCount === leaves.length ? [] : [String(body.leafCount)]),
    ...faults('criticality-wrong', body.criticality === highest ? [] : [body.criticality]),
    ...checkSummary({ body, leaves }),
  ];
}

function checkSummary({ body: { summary }, leaves }: Pick<CompiledPlan, 'body' | 'leaves'>): PlanFault[] {
  const starts = leaves.flatMap(({ intervals }) => intervals.map(({ from }) => from));
  const ends = leaves.flatMap(({ intervals }) => intervals.map(({ until }) => until));
  const counted: readonly [name: string, said: number, here: number][] = [
    ['hosts', summary.hosts, leaves.length],
    ['waves', summary.waves, new Set(leaves.map(({ wave }) => wave)).size],
    ['reboots', summary.reboots, leaves.filter(({ reboot }) => reboot !== 'never').length],
    ['withoutRollback', summary.withoutRollback, leaves.filter(({ rollback }) => rollback.kind === 'none').length],
    ['withoutBackup', summary.withoutBackup, leaves.filter(({ backup }) => backup.kind !== 'proof').length],
    ['firstStart', summary.firstStart, starts.toSorted((a, b) => a - b)[0] ?? 0],
    ['lastEnd', summary.lastEnd, ends.toSorted((a, b) => b - a)[0] ?? 0],
    ...summary.packages.map(({ name, from, to, hosts }): [string, number, number] => [
      name,
      hosts,
      leaves.filter((leaf) => leaf.changes.some((one) => one.name === name && one.from === from && one.to === to))
        .length,
    ]),
  ];
  const told = new Set(summary.packages.map(({ name, from, to }) => JSON.stringify([name, from, to])));
  const untold = leaves
    .flatMap(({ changes }) => changes)
    .filter(({ name, from, to }) => !told.has(JSON.stringify([name, from, to])));
  return faults('summary-wrong', [
    ...counted.filter(([, said, here]) => said !== here).map(([name]) => name),
    ...untold.map(({ name }) => name),
  ]);
}

/** Every asset that the plan is for is in it or named with a reason, and no other one. */
function checkScope({ leaves, leftOut }: CompiledPlan, { assets, kind }: PlanFacts): PlanFault[] {
  const ids = leaves.map(({ assetId }) => assetId);
  const known = new Map(assets.map((asset) => [asset.assetId, asset]));
  const named = leftOut.filter(({ reasons }) => reasons.length > 0).map(({ assetId }) => assetId);
  const meant = assets.filter(({ ring }) => ring === (kind === 'test')).map(({ assetId }) => assetId);
  const counts = new Map<string, number>();
  for (const id of [...ids, ...named]) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [
    ...faults(
      'asset-twice',
      ids.filter((id) => (counts.get(id) ?? 0) > 1),
    ),
    ...faults(
      'leaves-not-in-order',
      ids.filter((id, index) => index > 0 && id < (ids[index - 1] ?? '')),
    ),
    ...faults(
      'asset-not-in-scope',
      ids.filter((id) => !known.has(id)),
    ),
    ...faults(
      'asset-not-accounted',
      meant.filter((id) => counts.get(id) !== 1),
    ),
    ...faults(
      'ring-mixed',
      ids.filter((id) => known.get(id)?.ring === (kind === 'production')),
    ),
    ...faults(
      'ring-not-apart',
      kind === 'test' ? ids.filter((id) => known.get(id)?.environment !== 'non-production') : [],
    ),
  ];
}

function checkRing({ leaves }: CompiledPlan): PlanFault[] {
  return faults(
    'waves-not-counted',
    leaves.filter(({ wave }) => wave !== 0).map(({ assetId }) => assetId),
  );
}
