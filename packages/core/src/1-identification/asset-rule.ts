import type { Criticality, Environment, Exposure } from '../vocabulary/index.ts';
import { globMatches } from './glob.ts';

/** What a rule may say of an asset. // checklist c2 c5 c12 */
export interface RuledFields {
  readonly criticality: Criticality;
  readonly exposure: Exposure;
  readonly environment: Environment;
  readonly owner: string | null;
  readonly role: string | null;
  readonly ring: boolean;
  readonly maintenanceGroup: string | null;
  readonly redundancyGroups: readonly string[];
  readonly tags: readonly string[];
}
type RuledField = keyof RuledFields;

/** Whoever is called so, is this. The first rule that speaks of a field decides it; tags and groups come together. */
export interface AssetRule {
  readonly id: string;
  readonly pattern: string;
  readonly set: Partial<RuledFields>;
}

export interface RuledAsset {
  readonly name: string;
  readonly fields: RuledFields;
  /** Said by a person about this very asset. */
  readonly byHand: readonly string[];
}

export interface RuleTerms {
  /** Also what a person said of the asset. */
  readonly overwriteByHand: boolean;
  /** A rule may name a group that was removed since; it then says nothing of it. */
  readonly maintenanceGroups: ReadonlySet<string>;
}

export interface RuleDecision {
  /** What differs from what the asset is. */
  readonly set: Partial<RuledFields>;
  /** What rules say otherwise, and a person's word stands. */
  readonly kept: readonly RuledField[];
  /** The rules that spoke. */
  readonly rules: readonly string[];
}

/** What the rules make of an asset. // checklist c2 */
export function decideByRules(asset: RuledAsset, rules: readonly AssetRule[], terms: RuleTerms): RuleDecision {
  const speaking = rules.filter(({ pattern }) => globMatches(pattern, asset.name));
  const said = saidBy(speaking, terms.maintenanceGroups);
  const differing = (Object.keys(said) as RuledField[]) // Object.keys forgets that the record is closed.
    .filter((field) => JSON.stringify(said[field]) !== JSON.stringify(asset.fields[field]));
  const kept = terms.overwriteByHand ? [] : differing.filter((field) => asset.byHand.includes(field));
  const set = Object.fromEntries(
    differing.filter((field) => !kept.includes(field)).map((field) => [field, said[field]]),
  );
  return { set, kept, rules: speaking.map(({ id }) => id) };
}

function saidBy(rules: readonly AssetRule[], maintenanceGroups: ReadonlySet<string>): Partial<RuledFields> {
  // The later are overwritten by the earlier.
  const first: Partial<RuledFields> = Object.assign(
    {},
    ...rules.map(({ set }) => knownOf(set, maintenanceGroups)).reverse(),
  );
  const tags = rules.flatMap(({ set }) => set.tags ?? []);
  const groups = rules.flatMap(({ set }) => set.redundancyGroups ?? []);
  return {
    ...first,
    ...(first.tags === undefined ? {} : { tags: sorted(tags) }),
    ...(first.redundancyGroups === undefined ? {} : { redundancyGroups: sorted(groups) }),
  };
}

function knownOf(set: Partial<RuledFields>, maintenanceGroups: ReadonlySet<string>): Partial<RuledFields> {
  const { maintenanceGroup, ...others } = set;
  if (maintenanceGroup === undefined) return others;
  return maintenanceGroup === null || maintenanceGroups.has(maintenanceGroup) ? set : others;
}

function sorted(words: readonly string[]): string[] {
  return [...new Set(words)].sort();
}
