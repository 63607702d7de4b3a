import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../vocabulary/index.ts';
import { checkSignable, type SignableFacts } from './check-signable.ts';
import type { CompiledPlan, PlanFacts } from './facts.ts';
import type { Leaf, PlanLeaf } from './leaf.ts';
import type { PlanFaultCode } from './plan-fault.ts';
import { compilePlan } from './planner.ts';
import { anyFacts, assetOf, factsOf, idOf, NOW } from './testing/fleets.ts';

const FACTS = factsOf([
  ...[1, 2, 3, 4, 5].map((number) => assetOf(number, { criticality: 'low' })),
  assetOf(6, { criticality: 'high', redundancyGroups: ['db'] }),
  assetOf(7, { criticality: 'high', redundancyGroups: ['db'] }),
  assetOf(8, { criticality: 'critical' }),
]);

function planOf(facts: PlanFacts): CompiledPlan {
  const plan = compilePlan(facts);
  if (plan.kind === 'refused') throw new Error(`refused: ${JSON.stringify(plan.reasons)}`);
  return plan;
}

function knownOf({ assets, due, policy, windows }: PlanFacts): SignableFacts {
  return { assets, due, policy, windows };
}

const PLAN = planOf(FACTS);
const KNOWN = knownOf(FACTS);
type Planted = readonly [plan: Pick<CompiledPlan, 'body' | 'leaves'>, known: SignableFacts];

function withLeaf(number: number, change: (leaf: PlanLeaf) => Partial<Leaf>): Planted {
  const leaves = PLAN.leaves.map((leaf) => (leaf.assetId === idOf(number) ? { ...leaf, ...change(leaf) } : leaf));
  return [{ ...PLAN, leaves }, KNOWN];
}

function withAsset(number: number, more: Partial<SignableFacts['assets'][number]>): Planted {
  const assets = KNOWN.assets.map((asset) => (asset.assetId === idOf(number) ? { ...asset, ...more } : asset));
  return [PLAN, { ...KNOWN, assets }];
}

function shifted(byMs: number) {
  return ({ intervals }: PlanLeaf) => ({
    intervals: intervals.map(({ from, until }) => ({ from: from + byMs, until: until + byMs })),
  });
}

const leafOf = (number: number) => {
  const leaf = PLAN.leaves.find(({ assetId }) => assetId === idOf(number));
  if (leaf === undefined) throw new Error(`host ${number} is not in the plan`);
  return leaf;
};

const PLANTED: readonly (readonly [PlanFaultCode, string, () => Planted])[] = [
  ['asset-twice', 'a host twice', () => [{ ...PLAN, leaves: [...PLAN.leaves, leafOf(8)] }, KNOWN]],
  ['asset-not-in-scope', 'a stranger', () => [PLAN, { ...KNOWN, assets: KNOWN.assets.slice(1) }]],
  ['ring-mixed', 'a host of the ring', () => withAsset(3, { environment: 'non-production' })],
  [
    'criticality-wrong',
    'too low a criticality',
    () => [{ ...PLAN, body: { ...PLAN.body, criticality: 'low' } }, KNOWN],
  ],
  ['no-interval', 'a host without a time', () => withLeaf(1, () => ({ intervals: [] }))],
  [
    'intervals-not-in-order',
    'spares before their main',
    () => withLeaf(1, ({ intervals }) => ({ intervals: intervals.toReversed() })),
  ],
  [
    'spares-too-many',
    'too many spares',
    () => withLeaf(1, ({ intervals }) => ({ intervals: [...intervals, ...intervals] })),
  ],
  [
    'span-too-short',
    'a span of a second',
    () => withLeaf(1, ({ intervals }) => ({ intervals: intervals.map(({ from }) => ({ from, until: from + 1_000 })) })),
  ],
  ['start-outside-windows', 'a start an hour early', () => withLeaf(1, shifted(-HOUR_MS))],
  ['start-outside-windows', 'a start in a freeze', () => [PLAN, { ...KNOWN, windows: { nightly: [] } }]],
  ['start-outside-windows', 'a group that lost its windows', () => withAsset(1, { maintenanceGroup: null })],
  [
    'start-after-authority',
    'work after its end',
    () => [{ ...PLAN, body: { ...PLAN.body, notAfter: PLAN.body.notAfter - DAY_MS } }, KNOWN],
  ],
  ['group-meets', 'both of a pair at once', () => withLeaf(6, () => ({ intervals: leafOf(7).intervals }))],
  ['group-meets', 'a pair that the server hid', () => withAsset(1, { redundancyGroups: ['db'] })],
  ['waves-not-counted', 'a wave that is none', () => withLeaf(8, () => ({ wave: 99 }))],
  ['waves-not-counted', 'a number that would fill the memory', () => withLeaf(8, () => ({ wave: 2 ** 40 }))],
  ['wave-takes-group', 'a pair in one wave', () => withLeaf(6, () => ({ wave: leafOf(7).wave }))],
  ['wave-too-early', 'all in the first night', () => withLeaf(1, () => ({ intervals: leafOf(8).intervals }))],
  ['wave-out-of-order', 'a critical host last', () => withAsset(1, { criticality: 'critical' })],
];

describe('a plan that is to be signed', () => {
  it('has no fault as it is compiled', () => {
    expect(checkSignable(PLAN, KNOWN)).toEqual([]);
  });

  it.each(PLANTED)('is found to have %s: %s', (code, _, planted) => {
    const [plan, known] = planted();

    expect(checkSignable(plan, known).map((fault) => fault.code)).toContain(code);
  });

  it('is not held against a due time that it was not made for', () => {
    const [plan, known] = withAsset(1, { criticality: 'critical' });

    const codes = checkSignable(plan, { ...known, due: null }).map(({ code }) => code);

    expect(codes).not.toContain('wave-out-of-order');
  });

  it('may leave a critical host for later that cannot be in time', () => {
    const weekly = [{ from: NOW + 5 * DAY_MS, until: NOW + 6 * DAY_MS }];
    const late = assetOf(1, { criticality: 'critical', maintenanceGroup: 'weekly' });
    const facts = factsOf([late, assetOf(2)], {
      windows: { ...FACTS.windows, weekly },
      due: NOW + 4 * DAY_MS,
    });

    expect(checkSignable(planOf(facts), knownOf(facts))).toEqual([]);
  });
});

test('no plan that is compiled from any fleet is refused by its signer', () => {
  let plans = 0;
  fc.assert(
    fc.property(anyFacts, (made) => {
      const assets = made.assets.map((asset) => ({
        ...asset,
        // As the server has it: a host is of the ring by its own word, and durations are measured nowhere.
        ...{ ring: asset.environment === 'non-production', expectedMs: null },
      }));
      const facts = { ...made, assets, kind: 'production' } as const;
      const plan = compilePlan(facts);
      if (plan.kind === 'refused') return;
      plans += 1;
      expect(checkSignable(plan, knownOf(facts))).toEqual([]);
    }),
    { numRuns: 300 },
  );
  expect(plans).toBeGreaterThan(30);
});
