import { type AssetRule, decideByRules } from '@patchsteward/core/1-identification';
import { type JsonValue, plainJson } from '../platform/column-types.ts';
import type { NewLeaf, Wish } from '../platform/corridor.ts';
import type { AssetDifferences } from './asset-change.ts';
import type { BulkAsset } from './bulk-decision.ts';
import { componentsWish } from './components-wish.ts';
import type { ListEntry } from './import-entries.ts';

/** What the makers of an asset call it, where a list says so. */
interface Product {
  readonly vendor: string | null;
  readonly product: string | null;
  readonly productVersion: string | null;
  readonly build: string | null;
}

/** An asset that a list may name. */
export interface ListedTarget extends BulkAsset, Product {
  readonly origin: 'agent' | 'import' | 'api';
  readonly removed: boolean;
}

const FACTS = ['name', 'vendor', 'product', 'productVersion', 'build'] as const;
const LABELS = ['kind', 'criticality', 'exposure', 'environment', 'owner', 'role', 'tags'] as const;
const FIELDS = [...FACTS, ...LABELS] as const;
type Field = (typeof FIELDS)[number];

/** What a list said of an asset: the fields that it names. */
export type Listed = { readonly [Name in Field]?: ListedTarget[Name] };

export type LineDecision = { readonly line: number; readonly name: string; readonly problems: readonly string[] } & (
  | { readonly outcome: 'refused' }
  | ({ readonly outcome: 'unchanged' } & Known)
  | ({ readonly outcome: 'changed' } & Known & Written)
  | ({ readonly outcome: 'added' } & Known & Written)
);

interface Known {
  readonly assetId: string;
  readonly entry: string;
  readonly listed: Listed;
  readonly listedBefore: Listed | null;
}

interface Written {
  readonly asset: ListedTarget;
  readonly byHandBefore: readonly string[];
  readonly changes: AssetDifferences;
  readonly leaves: readonly NewLeaf[];
  readonly wishes: readonly Wish[];
}

export interface ImportTerms {
  readonly id: string;
  readonly source: string;
  readonly origin: 'import' | 'api';
  /** What this list named before, by the entry. */
  readonly known: ReadonlyMap<string, { readonly asset: ListedTarget; readonly listed: Listed }>;
  /** Assets that are called so and that this list did not name yet, by the name in small letters. */
  readonly byName: ReadonlyMap<string, readonly ListedTarget[]>;
  readonly rules: readonly AssetRule[];
  readonly maintenanceGroups: ReadonlySet<string>;
  /** One for each entry. */
  readonly newIds: readonly string[];
}

/** What a list would do, line by line. */
export function decideImport(entries: readonly ListEntry[], terms: ImportTerms): LineDecision[] {
  const lineOf = new Map<string, number>();
  const taken = new Map<string, number>();
  return entries.map((entry, index) => {
    const { line } = entry;
    const { name } = entry.asset;
    const before = lineOf.get(entry.entry);
    if (before !== undefined) return refused(entry, `Line ${before} names the same asset; it stands.`);
    lineOf.set(entry.entry, line);

    const known = terms.known.get(entry.entry);
    if (known?.asset.removed === true) {
      return refused(entry, 'A person took it out of the inventory; restore it, or take it out of the list.');
    }
    const called = known === undefined ? (terms.byName.get(name.toLowerCase()) ?? []) : [];
    if (called.length > 1) return refused(entry, `${called.length} assets are called so; say which by an external id.`);
    const target = known?.asset ?? called[0];
    if (target === undefined) return added(entry, terms.newIds[index] ?? '', terms);
    const other = taken.get(target.id);
    if (other !== undefined) return refused(entry, `Line ${other} names the same asset; it stands.`);
    taken.set(target.id, line);
    return compared(entry, target, known?.listed ?? null, terms);
  });
}

function refused({ line, asset }: ListEntry, problem: string): LineDecision {
  return { line, name: asset.name, outcome: 'refused', problems: [problem] };
}

function listedOf({ asset }: ListEntry): Listed {
  const { version, externalId: _, tags, ...texts } = asset;
  const given = Object.entries(texts).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(given),
    ...(version === undefined ? {} : { productVersion: version }),
    ...(tags === undefined ? {} : { tags: [...new Set(tags)].sort() }),
  };
}

/** The rules speak of its name as of that of any host; what the list says of it comes first. // checklist c2 */
function added(entry: ListEntry, id: string, terms: ImportTerms): LineDecision {
  const { line } = entry;
  const listed = listedOf(entry);
  const setByHand = labelsIn(listed);
  const begun: ListedTarget = { ...BEGINNING, ...listed, id, name: entry.asset.name, origin: terms.origin, setByHand };
  const ruled = decideByRules({ name: begun.name, fields: begun, byHand: setByHand }, terms.rules, {
    overwriteByHand: false,
    maintenanceGroups: terms.maintenanceGroups,
  });
  const asset: ListedTarget = { ...begun, ...ruled.set };
  const payload = { import: terms.id, source: terms.source, line, asset: plainJson(said(asset)), rules: ruled.rules };
  return {
    ...{ line, name: asset.name, problems: [], outcome: 'added', assetId: id, entry: entry.entry },
    ...{ listed, listedBefore: null, asset, byHandBefore: [] },
    changes: Object.fromEntries(
      Object.entries({ ...listed, ...ruled.set }).map(([field, after]) => [field, { before: null, after }]),
    ),
    leaves: [{ kind: 'asset.imported', subject: id, payload }],
    wishes: asset.product === null ? [] : [componentsWish(id)],
  };
}

const BEGINNING: Omit<ListedTarget, 'id' | 'name' | 'origin' | 'setByHand'> = {
  kind: 'server',
  criticality: 'normal',
  exposure: 'unknown',
  environment: 'unknown',
  owner: null,
  role: null,
  tags: [],
  maintenanceGroup: null,
  redundancyGroups: [],
  ring: false,
  version: 1,
  vendor: null,
  product: null,
  productVersion: null,
  build: null,
  removed: false,
};

/** What the record keeps of a new asset: everything that lists show. */
function said(asset: ListedTarget) {
  return Object.fromEntries(FIELDS.map((field) => [field, asset[field]]));
}

function labelsIn(listed: Listed): string[] {
  return LABELS.filter((field) => listed[field] !== undefined).sort();
}

/** What the list says now against what it said before and what stands here: who spoke last is followed. */
function compared(
  entry: ListEntry,
  target: ListedTarget,
  listedBefore: Listed | null,
  terms: ImportTerms,
): LineDecision {
  const { line } = entry;
  const listed = listedOf(entry);
  const changes: Record<string, { before: JsonValue; after: JsonValue }> = {};
  const problems: string[] = [];
  const ofAgent: string[] = [];
  for (const field of FIELDS) {
    const after = listed[field];
    const before = target[field];
    if (after === undefined || isEqual(after, before) || (field === 'name' && isSameName(target, listed))) continue;
    if (target.origin === 'agent' && isFact(field)) ofAgent.push(WORDS[field] ?? field);
    else if (isOfPerson(field, target, listedBefore)) {
      problems.push(`A person set its ${WORDS[field] ?? field} to ${wordOf(before)}; the list says ${wordOf(after)}.`);
    } else changes[field] = { before, after };
  }
  if (ofAgent.length > 0)
    problems.push(`Its agent says what it is; the list is not followed in: ${ofAgent.join(', ')}.`);
  const known = { line, name: target.name, problems, assetId: target.id, entry: entry.entry, listed, listedBefore };
  if (Object.keys(changes).length === 0) return { ...known, outcome: 'unchanged' };

  const version = target.version + 1;
  const after = Object.fromEntries(Object.entries(changes).map(([field, change]) => [field, change.after]));
  const setByHand = [...new Set([...target.setByHand, ...labelsIn(after)])].sort();
  const payload = { version, changes, import: terms.id, source: terms.source, line };
  return {
    ...known,
    outcome: 'changed',
    asset: { ...target, ...after, version, setByHand },
    byHandBefore: target.setByHand,
    changes,
    leaves: [{ kind: 'asset.changed', subject: target.id, payload }],
    wishes: [
      { kind: 'assess', key: `asset:${target.id}`, payload: { assetId: target.id } },
      ...(Object.keys(changes).some(isProduct) ? [componentsWish(target.id)] : []),
    ],
  };
}

const WORDS: Readonly<Record<string, string>> = { productVersion: 'version' };

/** What the list said before tells whose word stands: its own, or that of a person who spoke since. */
function isOfPerson(field: Field, target: ListedTarget, listedBefore: Listed | null): boolean {
  const before = listedBefore?.[field];
  return before === undefined ? target.setByHand.includes(field) : !isEqual(before, target[field]);
}

/** What people say of it, and rules may. */
export function isLabel(field: string): boolean {
  return LABELS.some((label) => label === field);
}

function isFact(field: string): boolean {
  return FACTS.some((fact) => fact === field);
}

/** What claims on products are held against. */
function isProduct(field: string): boolean {
  return isFact(field) && field !== 'name';
}

/** It was found by its name: that the list writes it in capitals is no news. */
function isSameName(target: ListedTarget, listed: Listed): boolean {
  return target.name.toLowerCase() === listed.name?.toLowerCase();
}

function isEqual(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function wordOf(value: JsonValue): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value) && value.length > 0 ? value.join(', ') : 'none';
}
