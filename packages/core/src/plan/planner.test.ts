import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../policy/index.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../vocabulary/index.ts';
import { checkPlan } from './check-plan.ts';
import type { CompiledPlan, PlanAsset, PlanFacts } from './facts.ts';
import { compilePlan } from './planner.ts';
import { anyFacts, assetOf, factsOf, idOf, NOW, provenOf, transactionOf, upgrade } from './testing/fleets.ts';

function compile(assets: readonly PlanAsset[], more: Partial<PlanFacts> = {}): CompiledPlan {
  const facts = factsOf(assets, more);
  const plan = compilePlan(facts);
  if (plan.kind === 'refused') throw new Error(`refused: ${JSON.stringify(plan.reasons)}`);
  expect(checkPlan(plan, facts)).toEqual([]);
  return plan;
}

function codesOf(asset: Partial<PlanAsset>, more: Partial<PlanFacts> = {}): string[] {
  const plan = compile([assetOf(1), assetOf(2, asset)], more);
  return plan.leftOut.flatMap(({ assetId, reasons }) => {
    expect(assetId).toBe(idOf(2));
    return reasons.map(({ code }) => code);
  });
}

const critical = { lane: 'critical', due: NOW + 2 * DAY_MS } as const;

describe('waves', () => {
  it.each([
    [3, [1, 1, 1]],
    // The last of a class comes alone, where a fault of the class would else have taken it too.
    [50, [1, 2, 4, 8, 12, 12, 10, 1]],
    [1_000, [1, 2, 4, 8, 16, 32, 64, 128, 250, 250, 244, 1]],
  ])('of %i like hosts double with the evidence, up to a quarter', (hosts, sizes) => {
    const always = { always: [{ from: NOW, until: NOW + 60 * DAY_MS }] };
    const assets = Array.from({ length: hosts }, (_, at) => assetOf(at, { maintenanceGroup: 'always' }));

    expect(compile(assets, { windows: always }).waves.map((wave) => wave.assets.length)).toEqual(sizes);
  });

  it('begin as large as the ring bears out', () => {
    const assets = Array.from({ length: 40 }, (_, at) => assetOf(at));

    const plan = compile(assets, { proven: [provenOf('curl', { tried: 6, verified: 6 })] });

    expect(plan.waves[0]).toMatchObject({ wave: 1, cleanBefore: 6, assets: { length: 6 } });
  });

  const curl = upgrade('curl');
  const library = upgrade('libcurl4', { from: null });
  it.each<[string, Partial<PlanAsset>]>([
    ['name the same packages in another order', { transaction: transactionOf(idOf(2), [library, curl]) }],
    ['have an empty role and none', { role: '' }],
  ])('never take both of two hosts that %s', (_, more) => {
    const proven = [
      provenOf('curl', { tried: 6, verified: 6 }),
      provenOf('libcurl4', { from: null, tried: 6, verified: 6 }),
    ];
    const alike = (number: number) =>
      assetOf(number, { criticality: 'critical', transaction: transactionOf(idOf(number), [curl, library]) });
    const others = [3, 4, 5, 6, 7, 8].map((number) => assetOf(number, { criticality: 'low' }));

    const plan = compile([alike(1), { ...alike(2), ...more }, ...others], { proven });

    expect(plan.waves.slice(0, 2).map(({ assets }) => assets)).toEqual([[idOf(1)], [idOf(2), idOf(3)]]);
  });

  it('go by criticality, then by who can reach the host', () => {
    const plan = compile([
      assetOf(1, { criticality: 'low' }),
      assetOf(2, { criticality: 'critical', exposure: 'isolated' }),
      assetOf(3, { criticality: 'high' }),
      assetOf(4, { criticality: 'critical', exposure: 'unknown' }),
    ]);

    expect(plan.waves.flatMap(({ assets }) => assets)).toEqual([idOf(4), idOf(2), idOf(3), idOf(1)]);
    expect(plan.body.criticality).toBe('critical');
  });

  it('do not wait for a host that has no window before it is due', () => {
    const weekly = [{ from: NOW + 5 * DAY_MS, until: NOW + 6 * DAY_MS }];
    const windows = { ...factsOf([]).windows, weekly };
    const late = assetOf(1, { criticality: 'critical', maintenanceGroup: 'weekly' });

    const routine = compile([late, assetOf(2)], { windows, due: NOW + 4 * DAY_MS });

    expect(routine.waves.map(({ assets }) => assets)).toEqual([[idOf(2)], [idOf(1)]]);
    expect(routine.infeasible).toEqual([expect.objectContaining({ code: 'no-window-before-due', subject: idOf(1) })]);
  });
});

describe('two hosts that stand for each other', () => {
  it('are never down together, nor in one wave, and both have spares', () => {
    const both = [1, 2].map((at) => assetOf(at, { criticality: 'critical', redundancyGroups: ['db'] }));

    const plan = compile([...both, assetOf(3, { criticality: 'low' })], critical);

    const [a, b] = plan.leaves.map(({ intervals }) => intervals);
    expect(plan.waves.map(({ assets }) => assets)).toEqual([[idOf(1)], [idOf(2)], [idOf(3)]]);
    expect(a?.length).toBeGreaterThan(1);
    expect(b?.length).toBeGreaterThan(0);
  });

  it('come one after the other within minutes where the policy is in a hurry', () => {
    const policy = {
      ...DEFAULT_POLICY,
      schedule: {
        ...DEFAULT_POLICY.schedule,
        guardMs: 0,
        expectedDurationMs: 20_000,
        startSpanMinMs: 5_000,
        strictSpanMs: 30_000,
      },
      lanes: {
        ...DEFAULT_POLICY.lanes,
        critical: { ...DEFAULT_POLICY.lanes.critical, noticeMs: 0, waveSoakMs: 2_000, startReserveMs: 5_000 },
      },
    };
    const windows = { nightly: [{ from: NOW - DAY_MS, until: NOW + 60 * DAY_MS }] };
    const both = [1, 2].map((at) => assetOf(at, { criticality: 'critical', redundancyGroups: ['db'] }));

    const plan = compile([...both, assetOf(3, { criticality: 'low' })], { ...critical, policy, windows });

    expect(plan.waves.map(({ opensAt }) => opensAt - NOW)).toEqual([0, 55_000, 77_000]);
  });
});

describe('a test plan', () => {
  const ring = assetOf(1, { ring: true, environment: 'non-production', maintenanceGroup: null, backup: null });

  it('is wave 0, at once, over the ring alone, and needs no backup', () => {
    const plan = compile([ring, assetOf(2)], { kind: 'test', proven: [] });

    expect(plan.leaves).toMatchObject([
      {
        assetId: idOf(1),
        wave: 0,
        backup: { kind: 'not-needed' },
        intervals: [{ from: NOW }],
        rollbackGraceMs: 2 * HOUR_MS,
      },
    ]);
    expect(plan.leftOut).toEqual([]);
  });

  it.each<[string, Partial<PlanAsset>[], string]>([
    ['nobody is in the ring', [{ ring: false }], 'test-host-missing'],
    ['its only host may be production', [{ environment: 'unknown' }], 'ring-not-apart'],
  ])('is refused where %s', (_, hosts, code) => {
    const assets = hosts.map((more, at) => ({ ...ring, assetId: idOf(at), ...more }));

    const plan = compilePlan(factsOf(assets, { kind: 'test' }));

    expect(plan).toMatchObject({ kind: 'refused', reasons: [{ code }] });
  });
});

describe('a host is left out, and the reason named, where', () => {
  it.each<[string, string, Partial<PlanAsset>]>([
    ['its agent has not answered', 'proposal-pending', { transaction: null }],
    ['it has no backup', 'backup-missing', { backup: null }],
    ['somebody calls a backup unneeded', 'backup-missing', { backup: { kind: 'not-needed' } }],
    ['it has no maintenance group', 'no-maintenance-window', { maintenanceGroup: null }],
    ['its group has no windows', 'no-maintenance-window', { maintenanceGroup: 'empty' }],
    [
      'its transaction takes away',
      'transaction-not-an-upgrade',
      { transaction: transactionOf(idOf(2), [upgrade('curl'), upgrade('ftp', { to: null })]) },
    ],
    [
      'its transaction only adds',
      'transaction-not-an-upgrade',
      { transaction: transactionOf(idOf(2), [upgrade('curl', { from: null })]) },
    ],
    ['the change takes longer than its windows', 'window-too-short', { expectedMs: 5 * HOUR_MS }],
    [
      'the ring has not proven its package',
      'pair-untested',
      { transaction: transactionOf(idOf(2), [upgrade('curl'), upgrade('ssh')]) },
    ],
    ['the ring has another release', 'pair-untested', { scope: 'debian:13' }],
  ])('%s', (_, code, asset) => {
    expect(codesOf(asset)).toContain(code);
  });

  it('no window is left while signatures hold, unless its owner agrees to another', () => {
    const windows = { ...factsOf([]).windows, monthly: [{ from: NOW + 20 * DAY_MS, until: NOW + 21 * DAY_MS }] };
    const extraordinary = [{ from: NOW + DAY_MS, until: NOW + DAY_MS + 3 * HOUR_MS }];

    expect(codesOf({ maintenanceGroup: 'monthly' }, { ...critical, windows })).toEqual(['no-window-in-time']);
    expect(codesOf({ maintenanceGroup: 'monthly', extraordinary }, { ...critical, windows })).toEqual([]);
  });

  it.each([
    [{ tried: 1, verified: 1 }, true],
    [{ tried: 3, verified: 3 }, true],
    [{ tried: 9, verified: 3 }, true],
    [{ tried: 2, verified: 1 }, false],
    [{ tried: 3, verified: 2 }, false],
    [{ tried: 0, verified: 0 }, false],
  ])('of %j hosts of the ring is proven: %s', (counts, isProven) => {
    const plan = compilePlan(factsOf([assetOf(1)], { proven: [provenOf('curl', counts)] }));

    expect(plan.kind).toBe(isProven ? 'compiled' : 'refused');
  });
});

it('an untested pair that people accepted is in the plan, named, and never goes back by itself', () => {
  const both = [upgrade('curl'), upgrade('ssh')];
  const transaction = transactionOf(idOf(1), both);
  const accepted = { name: 'ssh', architecture: 'amd64', from: '1.0-1', to: '1.0-2', scope: 'debian:12' };

  const plan = compile([assetOf(1, { transaction }), assetOf(2)], { acceptedUntested: [accepted] });

  expect(plan.untested).toEqual([accepted]);
  expect(plan.leaves.map(({ rollbackGraceMs }) => rollbackGraceMs)).toEqual([0, 2 * HOUR_MS]);
});

it('a work order has one form, whatever order the facts are in', () => {
  const changes = [upgrade('zlib1g'), upgrade('curl', { architecture: 'i386' }), upgrade('curl')];
  const proven = [provenOf('curl'), provenOf('zlib1g'), provenOf('curl', { architecture: 'i386' })];
  const health = { units: ['b.service', 'a.service'], ports: [443, 22, 443], urls: [], watchMs: MINUTE_MS };

  const asset = assetOf(1, {
    transaction: transactionOf(idOf(1), changes),
    health,
    restarts: ['z.service', 'a.service'],
  });
  const [leaf] = compile([asset], { proven }).leaves;

  expect(leaf?.changes.map(({ name, architecture }) => `${name} ${architecture}`)).toEqual([
    'curl amd64',
    'curl i386',
    'zlib1g amd64',
  ]);
  expect(leaf).toMatchObject({
    health: { units: ['a.service', 'b.service'], ports: [22, 443] },
    restarts: ['a.service', 'z.service'],
  });
});

it('the signatures end with the lane, or a day after the last start', () => {
  const windows = { nightly: [{ from: NOW + 12 * HOUR_MS, until: NOW + 16 * HOUR_MS }] };
  const [leaf] = compile([assetOf(1)], { ...critical, windows }).leaves;
  const end = leaf?.intervals.at(-1)?.until ?? 0;

  expect(compile([assetOf(1)], { ...critical, windows }).body.notAfter).toBe(end + DAY_MS);
  expect(compile([assetOf(1)], critical).body.notAfter).toBe(NOW + 3 * DAY_MS);
});

it('nothing to plan for is said', () => {
  expect(compilePlan(factsOf([]))).toMatchObject({ kind: 'refused', reasons: [{ code: 'nothing-to-plan' }] });
});

function turnedAsset(asset: PlanAsset): PlanAsset {
  if (asset.transaction === null) return asset;
  return { ...asset, transaction: { ...asset.transaction, changes: asset.transaction.changes.toReversed() } };
}

describe('over fleets of every kind', () => {
  it('no plan has a fault, and who is not in it is named', () => {
    const seen = { compiled: 0, refused: 0, waves: 0, leaves: 0, spares: 0, late: 0, strict: 0 };
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const plan = compilePlan(facts);
        seen[plan.kind] += 1;
        if (plan.kind === 'refused') {
          expect(plan.reasons.length).toBeGreaterThan(0);
          return;
        }
        seen.waves += plan.waves.length;
        seen.leaves += plan.leaves.length;
        seen.spares += plan.leaves.filter(({ intervals }) => intervals.length > 1).length;
        seen.late += plan.infeasible.length;
        seen.strict += plan.leaves.filter((leaf) =>
          facts.assets.some((asset) => asset.assetId === leaf.assetId && asset.redundancyGroups.length > 0),
        ).length;
        expect(checkPlan(plan, facts)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );

    // A generator that only makes empty fleets would prove nothing.
    expect(seen.compiled).toBeGreaterThan(1_000);
    expect(seen.leaves).toBeGreaterThan(4 * seen.compiled);
    expect(seen.strict).toBeGreaterThan(seen.compiled);
    expect(Math.min(seen.refused, seen.spares, seen.late)).toBeGreaterThan(100);
  });

  it('the same facts, in another order, give the same plan', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const turned = {
          ...facts,
          assets: facts.assets.toReversed().map((asset, at) => (at % 2 === 0 ? turnedAsset(asset) : asset)),
          proven: facts.proven.toReversed(),
        };

        const [plan, again, other] = [facts, facts, turned].map(compilePlan);

        expect(again).toEqual(plan);
        if (plan?.kind === 'compiled')
          expect(other).toMatchObject({ body: plan.body, leaves: plan.leaves, waves: plan.waves });
      }),
      { numRuns: 500 },
    );
  });
});
