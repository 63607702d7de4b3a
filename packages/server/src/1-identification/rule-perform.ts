import {
  type AssetRuleBody,
  type AssetRuleChange,
  type AssetRulesApply,
  type AssetsChanged,
  RULES_MAX,
} from '@patchsteward/contract';
import { decideByRules } from '@patchsteward/core/1-identification';
import type { Corridor } from '../platform/corridor.ts';
import type { Db, Reader, Tx } from '../platform/database.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { decideAssetChange } from './asset-change.ts';
import type { By } from './asset-perform.ts';
import { lockAsset, updateAsset } from './asset-store.ts';
import type { BulkItem } from './bulk-decision.ts';
import { type BulkParts, type BulkWork, begin, goOn, hashOf, previewOf } from './bulk-perform.ts';
import { readMaintenanceGroups } from './bulk-store.ts';
import { coreRule, decideRuleChange, ruleRemoval } from './rule-change.ts';
import { assetsAfter, countFitting, lockRules, type RuleRow, readRules, storeRules } from './rule-store.ts';

/** Assets that are compared with the rules at once; between two such steps others get their turn. */
const STEP_ASSETS = 1_000;

export async function readRuleBodies(db: Db): Promise<AssetRuleBody[]> {
  const rules = await readRules(db);
  if (rules.length === 0) return [];
  const fitting = await countFitting(
    db,
    rules.map(({ pattern }) => pattern),
  );
  return rules.map((rule, index) => ({ ...rule, position: index + 1, assets: fitting[index] ?? 0 }));
}

export async function changeRule(
  { db, corridor }: BulkParts,
  id: string,
  wished: AssetRuleChange,
  by: By,
): Promise<AssetRuleBody> {
  await corridor.change(by, async (tx) => {
    const decision = decideRuleChange(await lockRules(tx), id, wished);
    switch (decision.kind) {
      case 'conflict':
        throw new Refusal(
          'conflict',
          `The rule is at version ${decision.version}, the change was made for version ${wished.version}.`,
        );
      case 'too-many':
        throw new Refusal('conflict', `There are ${RULES_MAX} rules already; remove one first.`);
      case 'unchanged':
        return { value: undefined };
      case 'change':
        await requireGroup(tx, wished);
        await storeRules(tx, decision.rules);
        return { value: undefined, leaves: [decision.leaf] };
    }
  });
  const rule = (await readRuleBodies(db)).find((one) => one.id === id);
  if (rule === undefined) throw noSuchRule(id);
  return rule;
}

async function requireGroup(tx: Tx, { set }: AssetRuleChange): Promise<void> {
  const name = set.maintenanceGroup;
  if (typeof name !== 'string' || (await readMaintenanceGroups(tx)).has(name)) return;
  throw new Refusal('bad-request', `There is no maintenance group ${name}.`, {
    details: [{ path: 'body.set.maintenanceGroup', problem: 'make it first, or name another' }],
  });
}

export async function removeRule(corridor: Corridor, id: string, by: By): Promise<void> {
  await corridor.change(by, async (tx) => {
    const rules = await lockRules(tx);
    const at = rules.findIndex((rule) => rule.id === id);
    const rule = rules[at];
    if (rule === undefined) throw noSuchRule(id);
    await storeRules(tx, rules.toSpliced(at, 1));
    return { value: undefined, leaves: [ruleRemoval(rule, at + 1)] };
  });
}

function noSuchRule(id: string): Refusal {
  return new Refusal('not-found', `There is no rule ${id}.`);
}

/** Holds the rules against every asset; what people said by hand stays unless it is asked for. */
export async function applyRules(parts: BulkParts, request: AssetRulesApply, by: By): Promise<AssetsChanged> {
  const { key, overwriteByHand, preview } = request;
  const wanted = { id: key, kind: 'rules', requestHash: hashOf({ overwriteByHand }), undoes: null } as const;
  if (preview) return previewOf(parts.db, wanted, await workOfRules(parts.db, overwriteByHand), by.at);
  await begin(parts, wanted, (tx) => workOfRules(tx, overwriteByHand), by);
  return goOn(parts, key, by);
}

async function workOfRules(db: Reader, overwriteByHand: boolean): Promise<BulkWork> {
  const rules = (await readRules(db)).map(coreRule);
  const terms = { overwriteByHand, maintenanceGroups: await readMaintenanceGroups(db) };
  const items: BulkItem[] = [];
  let keptByHand = 0;
  let after: string | undefined;
  do {
    const assets = rules.length === 0 ? [] : await assetsAfter(db, after, STEP_ASSETS);
    after = assets.length < STEP_ASSETS ? undefined : assets.at(-1)?.id;
    for (const asset of assets) {
      const { set, kept } = decideByRules({ name: asset.name, fields: asset, byHand: asset.setByHand }, rules, terms);
      keptByHand += kept.length;
      if (Object.keys(set).length === 0) continue;
      const byHand = asset.setByHand.filter((field) => !(field in set));
      items.push({ assetId: asset.id, fields: mutable(set), versionExpected: asset.version, byHand });
    }
  } while (after !== undefined);
  return { items, keptByHand };
}

/** The contract's lists may be written to, core's may not. */
function mutable({ tags, redundancyGroups, ...fields }: ReturnType<typeof decideByRules>['set']): BulkItem['fields'] {
  return {
    ...fields,
    ...(tags === undefined ? {} : { tags: [...tags] }),
    ...(redundancyGroups === undefined ? {} : { redundancyGroups: [...redundancyGroups] }),
  };
}

/** A host that has just enrolled is what the rules say of its name. The entry in the record names them. */
export async function applyRulesToNew(tx: Tx, assetId: string) {
  const rules: readonly RuleRow[] = await readRules(tx);
  const asset = rules.length === 0 ? undefined : await lockAsset(tx, assetId);
  if (asset === undefined) return { leaves: [], wishes: [] };
  const maintenanceGroups = await readMaintenanceGroups(tx);
  const terms = { overwriteByHand: false, maintenanceGroups };
  const decision = decideByRules({ name: asset.name, fields: asset, byHand: [] }, rules.map(coreRule), terms);
  const wished = { ...mutable(decision.set), version: asset.version };
  const change = decideAssetChange(asset, wished, { rules: decision.rules });
  if (change.kind !== 'change') return { leaves: [], wishes: [] };
  await updateAsset(tx, assetId, change.fields, change.version);
  return { leaves: change.leaves, wishes: change.wishes };
}
