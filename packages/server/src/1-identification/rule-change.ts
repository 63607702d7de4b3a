import { type AssetRuleChange, RULES_MAX, type RuleSet } from '@patchsteward/contract';
import type { AssetRule } from '@patchsteward/core/1-identification';
import { plainJson } from '../platform/column-types.ts';
import type { NewLeaf } from '../platform/corridor.ts';
import type { RuleRow } from './rule-store.ts';

type RuleChangeDecision =
  | { readonly kind: 'conflict'; readonly version: number }
  | { readonly kind: 'too-many' }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'change'; readonly rules: readonly RuleRow[]; readonly leaf: NewLeaf };

/** What a wished change does to the list of rules; nobody overwrites what they have not seen. // SOP P7.1 */
export function decideRuleChange(
  rules: readonly RuleRow[],
  id: string,
  { version, pattern, note, set, position }: AssetRuleChange,
): RuleChangeDecision {
  const at = rules.findIndex((rule) => rule.id === id);
  const before = rules[at];
  const current = before?.version ?? 0;
  if (current !== version) return { kind: 'conflict', version: current };
  if (before === undefined && rules.length >= RULES_MAX) return { kind: 'too-many' };

  const others = rules.filter((rule) => rule.id !== id);
  const stood = before === undefined ? others.length : at;
  const place = Math.min(position === undefined ? stood : position - 1, others.length);
  const rule: RuleRow = { id, pattern, note, set: sortedSet(set), version: current + 1 };
  if (before !== undefined && place === at && textOf(before) === textOf({ ...rule, version: current })) {
    return { kind: 'unchanged' };
  }
  const after = [...others.slice(0, place), rule, ...others.slice(place)];
  const payload = {
    version: rule.version,
    before: before === undefined ? null : said(before, at + 1),
    after: said(rule, place + 1),
  };
  return { kind: 'change', rules: after, leaf: { kind: 'rule.changed', subject: id, payload } };
}

export function ruleRemoval(rule: RuleRow, position: number): NewLeaf {
  return {
    kind: 'rule.removed',
    subject: rule.id,
    payload: { version: rule.version, before: said(rule, position) },
  };
}

/** As core reads it: a field that is absent is not there. */
export function coreRule({ id, pattern, set }: RuleRow): AssetRule {
  const fields = Object.entries(set).filter(([, value]) => value !== undefined);
  return { id, pattern, set: Object.fromEntries(fields) };
}

function said({ pattern, note, set }: RuleRow, position: number) {
  return { position, pattern, note, set: plainJson(set) };
}

function textOf({ pattern, note, set }: RuleRow): string {
  return JSON.stringify([pattern, note, plainJson(sortedSet(set))]);
}

/** Tags and groups are sets, and the fields of a rule have no order. */
function sortedSet(set: RuleSet): RuleSet {
  const fields = Object.entries(set)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, Array.isArray(value) ? [...new Set(value)].sort() : value] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(fields);
}
