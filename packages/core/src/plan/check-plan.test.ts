import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../vocabulary/index.ts';
import { checkPlan } from './check-plan.ts';
import type { CompiledPlan, PlanAsset, PlanFacts } from './facts.ts';
import type { Leaf, PlanLeaf } from './leaf.ts';
import type { PlanFaultCode } from './plan-fault.ts';
import { compilePlan } from './planner.ts';
import { assetOf, factsOf, hashOf, idOf, NOW, provenOf, transactionOf, upgrade } from './testing/fleets.ts';

/** Eight hosts of which two stand for each other, in three levels of criticality. */
const FACTS = factsOf([
  ...[1, 2, 3, 4, 5].map((number) => assetOf(number, { criticality: 'low' })),
  assetOf(6, { criticality: 'high', redundancyGroups: ['db'], role: 'db' }),
  assetOf(7, { criticality: 'high', redundancyGroups: ['db'], role: 'db' }),
  assetOf(8, { criticality: 'critical' }),
]);
const RING = factsOf([assetOf(1, { ring: true, environment: 'non-production' })], { kind: 'test' });

function planOf(facts: PlanFacts): CompiledPlan {
  const plan = compilePlan(facts);
  if (plan.kind === 'refused') throw new Error(`refused: ${JSON.stringify(plan.reasons)}`);
  return plan;
}

const PLAN = planOf(FACTS);
const RING_PLAN = planOf(RING);

type Planted = readonly [plan: CompiledPlan, facts: PlanFacts];

/** The plan with one work order changed. */
function withLeaf(number: number, more: Partial<Leaf> | ((leaf: PlanLeaf) => Partial<Leaf>)): Planted {
  const leaves = PLAN.leaves.map((leaf) => {
    if (leaf.assetId !== idOf(number)) return leaf;
    return { ...leaf, ...(typeof more === 'function' ? more(leaf) : more) };
  });
  return [{ ...PLAN, leaves }, FACTS];
}

/** The plan as it is, made from something else. */
function withAsset(number: number, more: Partial<PlanAsset>): Planted {
  const assets = FACTS.assets.map((asset) => (asset.assetId === idOf(number) ? { ...asset, ...more } : asset));
  return [PLAN, { ...FACTS, assets }];
}

function withBody(more: Partial<CompiledPlan['body']>): Planted {
  return [{ ...PLAN, body: { ...PLAN.body, ...more } }, FACTS];
}

function withLane(more: Partial<PlanFacts['policy']['lanes']['routine']>): Planted {
  const { policy } = FACTS;
  const routine = { ...policy.lanes.routine, ...more };
  return [PLAN, { ...FACTS, policy: { ...policy, lanes: { ...policy.lanes, routine } } }];
}

function withoutLast(): CompiledPlan['leaves'] {
  return PLAN.leaves.slice(0, -1);
}

function shifted(byMs: number) {
  return ({ intervals }: PlanLeaf) => ({
    intervals: intervals.map(({ from, until }) => ({ from: from + byMs, until: until + byMs })),
  });
}

const first = PLAN.leaves[0];
const waveOf = (number: number) => PLAN.leaves.find(({ assetId }) => assetId === idOf(number))?.wave ?? 0;
const intervalsOf = (number: number) => PLAN.leaves.find(({ assetId }) => assetId === idOf(number))?.intervals ?? [];
const longer = [upgrade('curl'), upgrade('libcurl4')];

const PLANTED: Readonly<Record<PlanFaultCode, () => Planted>> = {
  'header-differs': () => withBody({ lane: 'critical' }),
  'leaf-count-wrong': () => withBody({ leafCount: 7 }),
  'summary-wrong': () => withBody({ summary: { ...PLAN.body.summary, reboots: 1 } }),
  'criticality-wrong': () => withBody({ criticality: 'high' }),
  'authority-wrong': () => withBody({ notAfter: PLAN.body.notAfter + 1 }),
  'asset-twice': () => [{ ...PLAN, leaves: [...PLAN.leaves, ...PLAN.leaves.slice(-1)] }, FACTS],
  'asset-not-in-scope': () => [PLAN, { ...FACTS, assets: FACTS.assets.slice(1) }],
  'asset-not-accounted': () => [{ ...PLAN, leaves: withoutLast() }, FACTS],
  'leaves-not-in-order': () => [{ ...PLAN, leaves: PLAN.leaves.toReversed() }, FACTS],
  'ring-mixed': () => withAsset(3, { ring: true }),
  'ring-not-apart': () => [
    RING_PLAN,
    { ...RING, assets: RING.assets.map((asset) => ({ ...asset, environment: 'unknown' })) },
  ],
  'transaction-differs': () => withLeaf(1, { changes: [upgrade('curl', { sha256: hashOf('9') })] }),
  'not-an-upgrade': () => {
    const transaction = transactionOf(idOf(1), [upgrade('curl', { from: null })]);
    const [plan] = withLeaf(1, { changes: transaction.changes });
    return [plan, withAsset(1, { transaction })[1]];
  },
  'pair-not-proven': () => [PLAN, { ...FACTS, proven: [provenOf('curl', { tried: 4, verified: 2 })] }],
  'untested-not-named': () => {
    const transaction = transactionOf(idOf(1), longer);
    const [plan] = withLeaf(1, { changes: longer, rollback: transaction.rollback });
    const acceptedUntested = [provenOf('libcurl4')];
    return [plan, { ...withAsset(1, { transaction })[1], acceptedUntested }];
  },
  'backup-missing': () => withLeaf(1, { backup: { kind: 'not-needed' } }),
  'way-back-differs': () => withLeaf(1, { rollback: { kind: 'none', why: 'forgotten' } }),
  'grace-not-earned': () => [PLAN, { ...FACTS, proven: [provenOf('curl', { rehearsed: false })] }],
  'no-interval': () => withLeaf(1, { intervals: [] }),
  'intervals-not-in-order': () => withLeaf(1, ({ intervals }) => ({ intervals: intervals.toReversed() })),
  'spares-too-many': () => withLeaf(1, ({ intervals }) => ({ intervals: [...intervals, ...intervals] })),
  'start-too-early': () => [PLAN, { ...FACTS, notBefore: NOW + 20 * DAY_MS }],
  'start-outside-windows': () => withLeaf(1, shifted(-HOUR_MS)),
  'span-too-short': () =>
    withLeaf(1, ({ intervals }) => ({ intervals: intervals.map(({ from }) => ({ from, until: from + 1_000 })) })),
  'start-after-authority': () => withBody({ notAfter: PLAN.body.notAfter - DAY_MS }),
  'group-meets': () => withLeaf(6, { intervals: intervalsOf(7) }),
  'late-not-named': () => [PLAN, { ...FACTS, due: NOW }],
  'waves-not-counted': () => withLeaf(8, { wave: 99 }),
  'wave-too-large': () => [{ ...PLAN, leaves: PLAN.leaves.map((leaf) => ({ ...leaf, wave: 1 })) }, FACTS],
  'wave-takes-group': () => withLeaf(6, { wave: waveOf(7) }),
  'wave-takes-class': () => withLeaf(6, { wave: waveOf(7) }),
  'wave-out-of-order': () => withAsset(1, { criticality: 'critical' }),
  'wave-too-early': () => withLane({ waveSoakMs: 3 * DAY_MS }),
};

describe('a plan', () => {
  it('as it is compiled has no fault', () => {
    expect(first).toBeDefined();
    expect(checkPlan(PLAN, FACTS)).toEqual([]);
    expect(checkPlan(RING_PLAN, RING)).toEqual([]);
  });

  it.each(Object.keys(PLANTED) as PlanFaultCode[])('is found to have %s', (code) => {
    const [plan, facts] = PLANTED[code]();

    expect(checkPlan(plan, facts).map((fault) => fault.code)).toContain(code);
  });
});
