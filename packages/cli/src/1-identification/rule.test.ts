import type { AssetRuleBody, AssetsChanged } from '@patchsteward/contract';
import { describe, expect, it, test } from 'vitest';
import { at, idOf } from './testing/answers.ts';
import { asking } from './testing/asking.ts';

const { answering, ask, askJson, calls } = asking();

const RULE: AssetRuleBody = {
  id: idOf(1),
  position: 1,
  pattern: 'web-*',
  note: null,
  set: { criticality: 'high', tags: ['a', 'b'], owner: null },
  assets: 12,
  version: 3,
};
const CHANGED: AssetsChanged = {
  id: idOf(9),
  kind: 'rules',
  state: 'done',
  begunAt: at(0),
  total: 2,
  changed: 2,
  unchanged: 0,
  refused: 0,
  remaining: 0,
  items: [
    {
      assetId: idOf(2),
      name: 'web-1',
      outcome: 'changed',
      why: null,
      sentence: null,
      changes: [{ field: 'criticality', before: 'normal', after: 'high' }],
    },
  ],
  keptByHand: 1,
  undoneBy: null,
};

describe('rule', () => {
  it('list shows them in order, and how to make the first', async () => {
    answering({ 'rule.list': () => ({ items: [RULE], total: 1 }) });
    const some = await ask('rule', 'list');
    answering({ 'rule.list': () => ({ items: [], total: 0 }) });
    const none = await ask('rule', 'list');

    expect(some.stdout.split('\n')[1]).toMatch(/^ +1 {2}web-\* +criticality: high, .*tags: a b.* 12 {2}01890000/);
    expect(none.stdout).toMatch(/^No rules yet/);
  });

  it('add sends what such hosts are', async () => {
    answering({ 'rule.set': () => RULE });

    const { code, stdout } = await ask(
      'rule',
      'add',
      'web-*',
      '--criticality',
      'high',
      '--no-owner',
      '--position',
      '2',
    );

    expect([code, stdout]).toEqual([0, 'Rule 1: web-*, 12 assets now.\n']);
    expect(calls()[0]?.body).toEqual({
      version: 0,
      pattern: 'web-*',
      note: null,
      set: { criticality: 'high', owner: null },
      position: 2,
    });
  });

  it('preview says what would change and what stays, and changes nothing', async () => {
    answering({ 'rule.apply': () => ({ ...CHANGED, state: 'preview' }) });

    const { code, stdout } = await ask('rule', 'preview');

    expect([code, stdout]).toEqual([
      3,
      '2 assets would change.\n1 field set by hand would stay.\n  web-1: criticality normal -> high\n',
    ]);
    expect(calls().map(({ body }) => body)).toMatchObject([{ preview: true, overwriteByHand: false }]);
  });

  it('apply looks before it changes', async () => {
    answering({
      'rule.apply': ({ body }) => ((body as { preview: boolean }).preview ? { ...CHANGED, state: 'preview' } : CHANGED), // As the schema says.
    });

    const { code, stdout } = await ask('rule', 'apply', '--overwrite-by-hand', '--yes');

    expect([code, stdout]).toEqual([0, '2 assets changed, 0 like that already, 0 refused.\n']);
    expect(calls().map(({ body }) => body)).toMatchObject([
      { preview: true, overwriteByHand: true },
      { preview: false, overwriteByHand: true },
    ]);
  });

  test.each([['1'], [idOf(1)]])('remove %s', async (named) => {
    answering({ 'rule.list': () => ({ items: [RULE], total: 1 }), 'rule.remove': () => ({}) });

    expect(await askJson('rule', 'remove', named)).toMatchObject({ code: 0, answer: {} });
    expect(calls().at(-1)?.params).toEqual({ id: idOf(1) });
  });

  test.each([
    [['add', 'web-*'], 2, 'the rule says nothing'],
    [['add', 'web-*', '--ring', '--position', 'x'], 2, '--position is no number'],
    [['remove', '7'], 1, 'there is no rule 7'],
  ])('%j fails', async (argv, code, expected) => {
    answering({ 'rule.list': () => ({ items: [RULE], total: 1 }) });

    expect(await ask('rule', ...argv)).toMatchObject({ code, stderr: expect.stringContaining(expected) });
  });
});
