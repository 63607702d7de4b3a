import { describe, expect, it } from 'vitest';
import { checkPlan } from './check-plan.ts';
import type { ManualChange, PlanAsset, PlanFacts } from './facts.ts';
import type { ManualLeaf } from './leaf.ts';
import { type ChecklistItem, checklistFault } from './manual-work.ts';
import { compilePlan } from './planner.ts';
import { compileRollback } from './rollback-planner.ts';
import { assetOf, factsOf, hashOf, idOf, provenOf } from './testing/fleets.ts';

const INSTALL: ChecklistItem = { step: 'install', text: 'install add 17.6.4', evidence: 'none' };
const CHECK: ChecklistItem = { step: 'check', text: 'show version', evidence: 'file' };
const RESTART: ChecklistItem = { step: 'restart', text: 'reload', evidence: 'none' };
const MANUAL: ManualChange = {
  ...{ product: 'cisco/catalyst-9300', from: '17.3.4a', to: '17.6.4' },
  ...{ person: 'ada', checklist: [INSTALL, CHECK] },
};
const STEP = { name: MANUAL.product, architecture: '', from: MANUAL.from, to: MANUAL.to };

function switchOf(number: number, manual: Partial<ManualChange> = {}, more: Partial<PlanAsset> = {}): PlanAsset {
  return assetOf(number, { scope: '', transaction: null, manual: { ...MANUAL, ...manual }, ...more });
}

function facts(...assets: readonly PlanAsset[]): PlanFacts {
  return factsOf(assets, { proven: [provenOf('', { ...STEP, scope: '' })] });
}

function leavesOf(given: PlanFacts): readonly ManualLeaf[] {
  const plan = compilePlan(given);
  if (plan.kind === 'refused') throw new Error(`refused: ${JSON.stringify(plan.reasons)}`);
  expect(checkPlan(plan, given)).toEqual([]);
  return plan.leaves.filter((leaf) => 'executor' in leaf);
}

describe('a checklist', () => {
  it.each<[string, readonly ChecklistItem[], string | null]>([
    ['that installs and looks', [INSTALL, CHECK], null],
    [
      'with every step',
      [{ ...INSTALL, step: 'prerequisite' }, { ...INSTALL, step: 'backup' }, INSTALL, RESTART, CHECK],
      null,
    ],
    ['of nothing', [], 'step-missing'],
    ['that never looks', [INSTALL, RESTART], 'step-missing'],
    ['that never installs', [CHECK], 'step-missing'],
    ['that looks and keeps nothing', [INSTALL, { ...CHECK, evidence: 'none' }], 'no-proof'],
    [
      'that keeps something of the install alone',
      [
        { ...INSTALL, evidence: 'file' },
        { ...CHECK, evidence: 'none' },
      ],
      'no-proof',
    ],
    ['that looks first', [CHECK, INSTALL], 'steps-not-in-order'],
  ])('%s', (_, items, fault) => {
    expect(checklistFault(items)).toBe(fault);
  });
});

describe('a plan for a product', () => {
  it('has the person, the words and the step, and nothing that acts by itself', () => {
    const [leaf] = leavesOf(facts(switchOf(1, { checklist: [INSTALL, RESTART, CHECK] })));

    expect(leaf).toMatchObject({
      ...{ executor: 'manual', assetId: idOf(1), wave: 1, person: 'ada', checklist: [INSTALL, RESTART, CHECK] },
      changes: [{ ...STEP, sha256: null, sizeBytes: 0, origin: null }],
      ...{ restarts: [], reboot: 'if-needed', rollbackGraceMs: 0, rollback: { kind: 'none' } },
    });
  });

  it('says no reboot where nothing is restarted', () => {
    expect(leavesOf(facts(switchOf(1)))).toMatchObject([{ reboot: 'never' }]);
  });

  it('puts the like into waves that wait for each other', () => {
    const leaves = leavesOf(facts(...[1, 2, 3, 4].map((number) => switchOf(number))));

    expect(new Set(leaves.map(({ wave }) => wave)).size).toBeGreaterThan(1);
  });

  it.each<[string, PlanAsset, string]>([
    ['nothing changes', switchOf(1, { to: MANUAL.from }), 'transaction-not-an-upgrade'],
    ['there is neither backup nor waiver', switchOf(1, {}, { backup: null }), 'backup-missing'],
    ['nobody tested this step', switchOf(1, { to: '17.9.1' }), 'pair-untested'],
    ['it has no window', switchOf(1, {}, { maintenanceGroup: null }), 'no-maintenance-window'],
  ])('is refused where %s', (_, asset, code) => {
    const plan = compilePlan(facts(asset));

    expect(plan).toMatchObject({
      kind: 'refused',
      reasons: expect.arrayContaining([expect.objectContaining({ code })]),
    });
  });

  it.each<[string, Partial<ManualLeaf>]>([
    ['another person', { person: 'eve' }],
    ['another checklist', { checklist: [INSTALL, { ...CHECK, evidence: 'note' }] }],
    ['another version', { changes: [{ ...STEP, to: '17.9.1', sha256: null, sizeBytes: 0, origin: null }] }],
    ['another product', { changes: [{ ...STEP, name: 'cisco/asa', sha256: null, sizeBytes: 0, origin: null }] }],
    ['bytes that nobody verified', { changes: [{ ...STEP, sha256: hashOf('a'), sizeBytes: 1, origin: null }] }],
  ])('with %s is faulty to its second reader', (_, more) => {
    const given = facts(switchOf(1));
    const plan = compilePlan(given);
    if (plan.kind === 'refused') throw new Error('refused');
    const leaves = plan.leaves.map((leaf) => ({ ...leaf, ...more }));

    expect(checkPlan({ ...plan, leaves }, given).map(({ code }) => code)).toContain('transaction-differs');
  });

  it('never gives a host with an agent to a person, nor the other way', () => {
    const asked = facts(switchOf(1));
    const plan = compilePlan(asked);
    if (plan.kind === 'refused') throw new Error('refused');
    const byAgent = factsOf([assetOf(1)]);

    expect(checkPlan(plan, byAgent).map(({ code }) => code)).toContain('transaction-differs');
    const other = compilePlan(byAgent);
    if (other.kind === 'refused') throw new Error('refused');
    expect(checkPlan(other, asked).map(({ code }) => code)).toContain('transaction-differs');
  });

  it('has no way back by plan', () => {
    const given = facts(switchOf(1));
    const assets = leavesOf(given).map((leaf) => ({ leaf, redundancyGroups: [] }));
    const { campaign, lane, requester, now, policy } = given;

    expect(compileRollback({ campaign, lane, requester, now, policy, criticality: 'normal', assets })).toMatchObject({
      kind: 'refused',
      reasons: [{ code: 'no-way-back' }],
    });
  });
});
