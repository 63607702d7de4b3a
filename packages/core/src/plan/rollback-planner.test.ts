import { expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../policy/index.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../vocabulary/index.ts';
import type { PlanLeaf } from './leaf.ts';
import { compilePlan } from './planner.ts';
import { compileRollback, type RollbackAsset, type RollbackFacts } from './rollback-planner.ts';
import { assetOf, factsOf, idOf, NOW } from './testing/fleets.ts';

function forward(): readonly PlanLeaf[] {
  const plan = compilePlan(factsOf([1, 2, 3, 4].map((number) => assetOf(number))));
  return plan.kind === 'compiled' ? plan.leaves : [];
}

function facts(
  groups: Readonly<Record<number, readonly string[]>>,
  more: (leaf: PlanLeaf) => PlanLeaf = (leaf) => leaf,
): RollbackFacts {
  const assets = forward().flatMap((leaf, index): RollbackAsset[] => {
    const redundancyGroups = groups[index + 1];
    return redundancyGroups === undefined ? [] : [{ leaf: more(leaf), redundancyGroups }];
  });
  const { routine } = { routine: 'routine' as const };
  return {
    campaign: 'c1',
    lane: routine,
    criticality: 'high',
    requester: 'ada',
    now: NOW,
    policy: DEFAULT_POLICY,
    assets,
  };
}

it('leads back to what was, at once, and never further', () => {
  const plan = compileRollback(facts({ 2: [] }));

  expect(plan).toMatchObject({
    kind: 'compiled',
    body: { kind: 'rollback', leafCount: 1, criticality: 'high', notAfter: NOW + 2 * DAY_MS },
    leaves: [
      {
        assetId: idOf(2),
        wave: 1,
        changes: [{ name: 'curl', from: '1.0-2', to: '1.0-1' }],
        intervals: [{ from: NOW, until: NOW + DAY_MS }],
        rollback: { kind: 'none' },
        rollbackGraceMs: 0,
      },
    ],
    leftOut: [],
  });
});

it('takes the members of a group in turns that do not meet, and the others with the first', () => {
  const plan = compileRollback(facts({ 1: ['web'], 2: ['web'], 3: [], 4: ['web', 'db'] }));

  const turnMs = HOUR_MS + (15 + 30 + 2) * MINUTE_MS;
  expect(
    plan.kind === 'compiled' &&
      plan.leaves.map(({ wave, intervals }) => [wave, intervals.length, (intervals[0]?.from ?? 0) - NOW]),
  ).toEqual([
    [1, 4, 0],
    [2, 4, turnMs],
    [1, 4, 0],
    [3, 4, 2 * turnMs],
  ]);
});

it('names the hosts that have no way back, and is refused where none has one', () => {
  const oneWay = (leaf: PlanLeaf): PlanLeaf =>
    leaf.assetId === idOf(1) ? { ...leaf, rollback: { kind: 'none', why: 'gone' } } : leaf;
  const reason = expect.objectContaining({ code: 'no-way-back', subject: idOf(1) });

  expect(compileRollback(facts({ 1: [], 2: [] }, oneWay))).toMatchObject({
    leaves: [{ assetId: idOf(2) }],
    leftOut: [reason],
  });
  expect(compileRollback(facts({ 1: [] }, oneWay))).toEqual({ kind: 'refused', reasons: [reason] });
  expect(compileRollback(facts({}))).toMatchObject({ kind: 'refused', reasons: [{ code: 'nothing-to-plan' }] });
});
