import { type AssetRuleChange, RULES_MAX } from '@patchsteward/contract';
import { describe, expect, it, test } from 'vitest';
import { coreRule, decideRuleChange, ruleRemoval } from './rule-change.ts';
import type { RuleRow } from './rule-store.ts';

const RULES: readonly RuleRow[] = ['a', 'b', 'c'].map((id) => ({
  id,
  pattern: `${id}-*`,
  note: null,
  set: { criticality: 'high', tags: ['x', 'y'] },
  version: 3,
}));

function change(more: Partial<AssetRuleChange> = {}): AssetRuleChange {
  return { version: 3, pattern: 'b-*', note: null, set: { criticality: 'high', tags: ['y', 'x', 'y'] }, ...more };
}
const orderOf = (decision: ReturnType<typeof decideRuleChange>) =>
  decision.kind === 'change' ? decision.rules.map(({ id }) => id).join('') : decision.kind;

describe('decideRuleChange', () => {
  test.each<[string, string, Partial<AssetRuleChange>, string]>([
    ['first', 'b', { position: 1 }, 'bac'],
    ['last', 'b', { position: 3 }, 'acb'],
    ['beyond the end', 'b', { position: 90 }, 'acb'],
    ['where it is', 'b', { pattern: 'z' }, 'abc'],
    ['new, and so last', 'd', { version: 0 }, 'abcd'],
    ['new, in the middle', 'd', { version: 0, position: 2 }, 'adbc'],
    ['nothing else than it is', 'b', { position: 2 }, 'unchanged'],
    ['of an older version', 'b', { version: 2, pattern: 'z' }, 'conflict'],
    ['new, but there it is', 'b', { version: 0 }, 'conflict'],
    ['changed, but it is gone', 'z', {}, 'conflict'],
  ])('a rule %s', (_, id, more, expected) => {
    expect(orderOf(decideRuleChange(RULES, id, change(more)))).toBe(expected);
  });

  it('records what it said before and after, and in which place', () => {
    const decision = decideRuleChange(RULES, 'b', change({ position: 1, set: { ring: true } }));

    expect(decision).toMatchObject({
      leaf: {
        kind: 'rule.changed',
        subject: 'b',
        payload: {
          version: 4,
          before: { position: 2, pattern: 'b-*', set: { criticality: 'high', tags: ['x', 'y'] } },
          after: { position: 1, pattern: 'b-*', set: { ring: true } },
        },
      },
    });
  });

  it('takes no more than a person can read', () => {
    const [one] = RULES;
    const many = Array.from({ length: RULES_MAX }, (_, index) => ({ ...(one as RuleRow), id: `r${index}` })); // There is one.

    expect(decideRuleChange(many, 'new', change({ version: 0 }))).toEqual({ kind: 'too-many' });
  });
});

test('a removal is recorded with what the rule said', () => {
  const [one] = RULES;

  expect(ruleRemoval(one as RuleRow, 1)).toMatchObject({ kind: 'rule.removed', subject: 'a' }); // There is one.
});

test('core hears of no field that is absent', () => {
  const rule = { id: 'a', pattern: '*', note: null, version: 1, set: { ring: false, owner: undefined } };

  expect(coreRule(rule)).toEqual({ id: 'a', pattern: '*', set: { ring: false } });
});
