import { type Leaf, type PlanBody, summarize } from '@patchsteward/core/plan';
import type { Criticality } from '@patchsteward/core/vocabulary';
import { describe, expect, it, test } from 'vitest';
import { assetId, change, DB, inHours, leaf, otherLeaf, planOf, WEB } from '../testing/plans.ts';
import { checkPlanAgainstLeaves, type KnownAssets } from './check-plan.ts';
import { encodeLeaf } from './leaf-codec.ts';
import { leavesRootOf } from './leaf-tree.ts';

const LEAVES = [leaf(), otherLeaf()];
const PLAN = planOf(LEAVES);

function kinds(plan: PlanBody, leaves: readonly Leaf[], known: KnownAssets | null = null): readonly string[] {
  return checkPlanAgainstLeaves(plan, leaves.map(encodeLeaf), known).map(({ kind }) => kind);
}

function assets(levels: Readonly<Record<string, Criticality>>, members: readonly string[] = []): KnownAssets {
  return { criticalityOf: (asset) => levels[asset], groups: [{ name: 'web pair', members }] };
}

test('a plan that says what its work orders do', () => {
  expect(kinds(PLAN, LEAVES, assets({ [WEB]: 'low', [DB]: 'normal' }, [WEB, DB]))).toEqual([]);
});

describe('a plan that says something else', () => {
  const upgraded = [leaf({ changes: [change({ to: '3.0.19' })], rollback: { kind: 'none', why: 'no' } }), otherLeaf()];
  const removing = leaf({
    changes: [change(), change({ name: 'sudo', to: null, sha256: null, origin: null, sizeBytes: 0 })],
  });
  const removed = [removing, otherLeaf()];
  const gap = [leaf(), otherLeaf({ wave: 3 })];
  const bare = [leaf({ backup: { kind: 'not-needed' } }), otherLeaf()];
  it.each<readonly [string, PlanBody, readonly Leaf[], readonly string[]]>([
    ['another work order', PLAN, upgraded, ['leaves-root-wrong', 'summary-wrong']],
    ['one work order less', PLAN, LEAVES.slice(1), ['leaf-count-wrong', 'leaves-root-wrong', 'summary-wrong']],
    ['no work order', PLAN, [], ['leaf-count-wrong', 'leaves-root-wrong']],
    ['the hosts in another order', planOf([...LEAVES].reverse()), [...LEAVES].reverse(), ['leaves-not-sorted']],
    ['a host twice', planOf([leaf(), leaf()]), [leaf(), leaf()], ['leaves-not-sorted']],
    ['fewer reboots', summed({ reboots: 7 }), LEAVES, ['summary-wrong']],
    ['a later end', summed({ lastEnd: PLAN.summary.lastEnd - 1 }), LEAVES, ['summary-wrong']],
    [
      'a package less',
      summed({ packages: [{ name: 'bash', from: '1', to: '2', hosts: 2 }] }),
      LEAVES,
      ['summary-wrong'],
    ],
    ['a wave that is missing', planOf(gap), gap, ['waves-wrong']],
    ['a test in a wave', planOf(LEAVES, { kind: 'test' }), LEAVES, ['waves-wrong']],
    ['production without a backup', planOf(bare), bare, ['backup-missing']],
    ['a removal', planOf(removed), removed, ['change-backwards']],
  ])('%s', (_, plan, leaves, expected) => {
    expect(kinds(plan, leaves)).toEqual(expected);
  });

  function summed(given: Partial<PlanBody['summary']>): PlanBody {
    return { ...PLAN, summary: { ...PLAN.summary, ...given } };
  }
});

test('a plan that understates how critical a host is; an unknown host is critical', () => {
  expect(kinds(PLAN, LEAVES, assets({ [WEB]: 'high', [DB]: 'low' }))).toEqual(['criticality-understated']);
  expect(kinds(PLAN, LEAVES, assets({ [WEB]: 'low' }))).toEqual(['criticality-understated']);
});

test('members of one group whose intervals overlap, also behind a longer one', () => {
  const low = assets({ [WEB]: 'low', [DB]: 'low', [assetId(3)]: 'low' }, [WEB, DB, assetId(3)]);
  const overlapping = [leaf(), leaf({ assetId: DB })];
  expect(kinds(planOf(overlapping), overlapping, low)).toEqual(['intervals-overlap']);
  const hidden = [
    leaf({ intervals: [{ from: inHours(0), until: inHours(9) }] }),
    leaf({ assetId: DB, intervals: [{ from: inHours(9), until: inHours(10) }] }),
    leaf({ assetId: assetId(3), intervals: [{ from: inHours(8), until: inHours(9) }] }),
  ];
  expect(kinds(planOf(hidden), hidden, low)).toEqual(['intervals-overlap']);
});

test('bytes that are no work order', () => {
  const bytes = [encodeLeaf(leaf()), Buffer.from('{}')];
  expect(checkPlanAgainstLeaves(PLAN, bytes, null)).toEqual([
    { kind: 'leaf-unreadable', detail: 'leaf 1: not-one-of at $.type' },
  ]);
});

test('10,000 hosts are one plan among others', () => {
  const leaves = Array.from({ length: 10_000 }, (_, index) => leaf({ assetId: assetId(index + 1) }));
  const bytes = leaves.map(encodeLeaf);
  const plan = planOf(leaves.slice(0, 1), {
    leafCount: leaves.length,
    leavesRoot: leavesRootOf(bytes),
    summary: summarize(leaves),
  });

  expect(checkPlanAgainstLeaves(plan, bytes, null)).toEqual([]);
});
