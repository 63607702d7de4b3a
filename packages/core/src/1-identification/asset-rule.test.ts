import { describe, expect, it, test } from 'vitest';
import { type AssetRule, decideByRules, type RuledFields, type RuleTerms } from './asset-rule.ts';

const FIELDS: RuledFields = {
  criticality: 'normal',
  exposure: 'unknown',
  environment: 'unknown',
  owner: null,
  role: null,
  ring: false,
  maintenanceGroup: null,
  redundancyGroups: [],
  tags: [],
};
const TERMS: RuleTerms = { overwriteByHand: false, maintenanceGroups: new Set(['sunday']) };

function rule(id: string, pattern: string, set: AssetRule['set']): AssetRule {
  return { id, pattern, set };
}

function decided(
  rules: readonly AssetRule[],
  more: { readonly fields?: Partial<RuledFields>; byHand?: string[] } = {},
) {
  const asset = { name: 'web-1.example.org', fields: { ...FIELDS, ...more.fields }, byHand: more.byHand ?? [] };
  return decideByRules(asset, rules, TERMS);
}

describe('decideByRules', () => {
  it('takes each field from the first rule that speaks of it', () => {
    const rules = [
      rule('a', 'db-*', { criticality: 'critical' }),
      rule('b', 'web-*', { criticality: 'high', owner: 'Team Web' }),
      rule('c', '*', { criticality: 'low', exposure: 'internal', owner: 'Everybody' }),
    ];

    expect(decided(rules)).toEqual({
      set: { criticality: 'high', owner: 'Team Web', exposure: 'internal' },
      kept: [],
      rules: ['b', 'c'],
    });
  });

  it('puts tags and redundancy groups of all rules together, each once, in order', () => {
    const rules = [
      rule('a', 'web-*', { tags: ['web', 'shop'], redundancyGroups: ['shop-web'] }),
      rule('b', '*.example.org', { tags: ['example', 'web'] }),
    ];

    expect(decided(rules).set).toEqual({ tags: ['example', 'shop', 'web'], redundancyGroups: ['shop-web'] });
  });

  test.each<[string, AssetRule['set'], Partial<RuledFields>]>([
    ['what is so already', { criticality: 'normal' }, {}],
    ['the tags it has', { tags: ['b', 'a'] }, { tags: ['a', 'b'] }],
    ['a maintenance group that is gone', { maintenanceGroup: 'monday' }, {}],
    ['nothing', {}, {}],
  ])('%s changes nothing', (_, set, fields) => {
    expect(decided([rule('a', '*', set)], { fields })).toMatchObject({ set: {}, kept: [] });
  });

  test.each<[string, AssetRule['set']]>([
    ['a group there is', { maintenanceGroup: 'sunday' }],
    ['an owner taken away', { owner: null }],
    ['the ring', { ring: true }],
  ])('%s is set', (_, set) => {
    expect(decided([rule('a', '*', set)], { fields: { owner: 'Ada' } }).set).toEqual(set);
  });

  it('lets a person’s word stand, and says so', () => {
    const rules = [rule('a', '*', { criticality: 'low', owner: 'Everybody' })];
    const byHand = ['criticality', 'exposure'];

    expect(decided(rules, { byHand })).toEqual({ set: { owner: 'Everybody' }, kept: ['criticality'], rules: ['a'] });
    expect(
      decideByRules({ name: 'x', fields: FIELDS, byHand }, rules, { ...TERMS, overwriteByHand: true }),
    ).toMatchObject({ set: { criticality: 'low', owner: 'Everybody' }, kept: [] });
  });

  it('changes nothing when asked again', () => {
    const rules = [rule('a', '*', { criticality: 'low', tags: ['z', 'a'], maintenanceGroup: 'sunday' })];
    const first = decided(rules).set;

    expect(decided(rules, { fields: first }).set).toEqual({});
  });
});
