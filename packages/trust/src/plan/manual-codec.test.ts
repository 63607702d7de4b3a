import { manualLeaf, summarize } from '@patchsteward/core/plan';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../canonical-json.ts';
import { assetId, leaf, planOf } from '../testing/plans.ts';
import { checkPlanAgainstLeaves } from './check-plan.ts';
import { decodeLeaf, decodePlanLeaf, encodeLeaf } from './leaf-codec.ts';
import { decodePlan, encodePlan } from './plan-codec.ts';

const HOST_LEAF = leaf();
const { intervals, backup } = HOST_LEAF;
const CHECKLIST = [
  { step: 'prerequisite', text: 'Is the old image in flash?', evidence: 'none' },
  { step: 'install', text: 'install add file flash:cat9k.17.06.04.bin', evidence: 'note' },
  { step: 'check', text: 'show version', evidence: 'file' },
] as const;
const LEAF = manualLeaf({
  ...{ assetId: assetId(7), wave: 1, intervals, backup, person: 'ada', checklist: CHECKLIST },
  ...{ product: 'cisco/catalyst-9300', from: '15.2(7)E3', to: '17.6.4' },
});
const WIRE = { ...(JSON.parse(Buffer.from(encodeLeaf(LEAF)).toString()) as object) };

it('the work order of a person comes back as it was, word for word', () => {
  expect(decodePlanLeaf(encodeLeaf(LEAF))).toEqual({ ok: true, value: LEAF });
  expect(decodePlanLeaf(encodeLeaf(HOST_LEAF))).toEqual({ ok: true, value: HOST_LEAF });
});

it('no host can read it as an order to itself', () => {
  expect(decodeLeaf(encodeLeaf(LEAF))).toMatchObject({ ok: false, refusal: { code: 'leaf-unreadable' } });
});

it('a plan of it holds against its work orders, and its summary names the product', () => {
  const plan = planOf([LEAF]);

  expect(decodePlan(encodePlan(plan))).toEqual({ ok: true, value: plan });
  expect(checkPlanAgainstLeaves(plan, [encodeLeaf(LEAF)], null)).toEqual([]);
  expect(summarize([LEAF]).packages).toEqual([
    { name: 'cisco/catalyst-9300', from: '15.2(7)E3', to: '17.6.4', hosts: 1 },
  ]);
});

it('another word in the checklist is another plan', () => {
  const [first, ...rest] = CHECKLIST;
  const other = { ...LEAF, checklist: [{ ...first, text: 'Is the old image gone?' }, ...rest] };

  expect(checkPlanAgainstLeaves(planOf([LEAF]), [encodeLeaf(other)], null)).toMatchObject([
    { kind: 'leaves-root-wrong' },
  ]);
});

describe('what is no work order of a person', () => {
  it.each<[string, object, string]>([
    ['a field more', { script: 'rm' }, 'unknown-field at $.script'],
    ['nobody', { person: '' }, 'wrong-form at $.person'],
    ['two people', { person: 'ada, bob' }, 'wrong-form at $.person'],
    ['a package in place of a product', { product: 'openssl' }, 'wrong-form at $.product'],
    ['a product that is a path', { product: '../cisco/ios' }, 'wrong-form at $.product'],
    ['a step that goes nowhere', { to: '15.2(7)E3' }, 'contradiction at $'],
    ['a version that goes on', { to: '17.6.4\n17.6.5' }, 'wrong-form at $.to'],
    ['no checklist', { checklist: [] }, 'too-few at $.checklist'],
    ['a checklist that proves nothing', { checklist: CHECKLIST.slice(0, 2) }, 'contradiction at $.checklist'],
    ['a checklist out of order', { checklist: CHECKLIST.toReversed() }, 'contradiction at $.checklist'],
    ['a step of nobody', { checklist: [{ ...CHECKLIST[0], step: 'pray' }] }, 'not-one-of at $.checklist[0].step'],
    ['an item without words', { checklist: [{ ...CHECKLIST[0], text: ' ' }] }, 'wrong-form at $.checklist[0].text'],
    [
      'words that a terminal obeys',
      { checklist: [{ ...CHECKLIST[0], text: '\u001b[2J' }] },
      'wrong-form at $.checklist[0].text',
    ],
    [
      'a checklist without end',
      { checklist: Array.from({ length: 51 }, () => CHECKLIST[2]) },
      'too-many at $.checklist',
    ],
  ])('%s', (_, given, problem) => {
    const read = decodePlanLeaf(Buffer.from(canonicalJson({ ...WIRE, ...given })));

    expect(read.ok ? 'taken' : read.refusal.detail).toBe(problem);
  });
});
