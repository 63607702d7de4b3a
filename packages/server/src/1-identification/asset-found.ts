import type { AssetFacetName, AssetFilter } from '@patchsteward/contract';
import { type SupportWord, supportWord } from '@patchsteward/core/1-identification';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { AssetView } from './asset-view.ts';
import type { AssetColumnName } from './asset-words.ts';
import { lowerWordsOf } from './memory-page.ts';

type FilterName = keyof AssetFilter;
type Holds = (words: readonly string[]) => boolean;

/** Beyond one it makes no difference how many words of a filter an asset fails. */
const MANY = 2;

/** What a filter leaves, and what each of its words alone keeps out. */
export interface FoundAssets {
  readonly total: number;
  readonly has: (slot: number) => boolean;
  readonly slots: () => number[];
  /** What there would be without this word of the filter. */
  readonly slotsWithout: (name: AssetFacetName) => number[];
}

/** The same question as asset-conditions.ts puts to the database, put to the view. */
export function findAssets(view: AssetView, filter: AssetFilter, now: Instant): FoundAssets {
  const failed = new Uint8Array(view.size);
  const failedBy = new Uint8Array(view.size);
  const names: FilterName[] = [];
  for (const { name, holds } of conditionsOf(view, filter, now)) {
    names.push(name);
    for (let slot = 0; slot < failed.length; slot += 1) {
      const fails = failed[slot] ?? 0;
      if (fails >= MANY || holds(slot)) continue;
      failed[slot] = fails + 1;
      failedBy[slot] = names.length;
    }
  }
  const slotsWhere = (fits: (slot: number) => boolean): number[] => {
    const slots: number[] = [];
    for (let slot = 0; slot < failed.length; slot += 1) if (fits(slot)) slots.push(slot);
    return slots;
  };
  const has = (slot: number) => failed[slot] === 0;
  return {
    total: failed.reduce((sum, fails) => (fails === 0 ? sum + 1 : sum), 0),
    has,
    slots: () => slotsWhere(has),
    slotsWithout: (name) => {
      const number = names.indexOf(name) + 1;
      return slotsWhere((slot) => has(slot) || (failed[slot] === 1 && failedBy[slot] === number));
    },
  };
}

/** By the words of the column: which of them nobody knows is what no source dates. */
function supportWordOf(view: AssetView, [scope]: readonly string[], now: Instant): SupportWord {
  return supportWord(view.supportOf(scope ?? null, now));
}

export function isStaleSlot(view: AssetView, slot: number, now: Instant): boolean {
  return (view.staleFrom[slot] ?? now) < now;
}

interface SlotCondition {
  readonly name: FilterName;
  readonly holds: (slot: number) => boolean;
}

/** The search comes last: it costs the most, and only what fits so far is looked through. */
function* conditionsOf(view: AssetView, filter: AssetFilter, now: Instant): Generator<SlotCondition> {
  const { support } = filter;
  const supported = (words: readonly string[]) => support?.includes(supportWordOf(view, words, now)) === true;
  const ofSupport = support === undefined ? [] : [['support', 'supportScope', supported] as const];
  for (const [name, column, fits] of [...wordConditions(filter), ...ofSupport]) {
    const { codes } = view.columns[column];
    const allowed = view.columns[column].allowed(fits);
    yield { name, holds: (slot) => allowed[codes[slot] ?? 0] === 1 };
  }
  const { stale, search } = filter;
  if (stale !== undefined) yield { name: 'stale', holds: (slot) => isStaleSlot(view, slot, now) === stale };
  if (search === undefined) return;
  const words = lowerWordsOf(search);
  if (words.length > 0) yield { name: 'search', holds: (slot) => hasAll(view.texts[slot] ?? '', words) };
}

function hasAll(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}

const WITHOUT: Readonly<Record<NonNullable<AssetFilter['without']>[number], AssetColumnName>> = {
  owner: 'owner',
  role: 'role',
  'maintenance-group': 'maintenanceGroup',
  'redundancy-group': 'redundancyGroup',
  tag: 'tag',
};

function wordConditions(filter: AssetFilter): (readonly [FilterName, AssetColumnName, Holds])[] {
  const ANY_OF = [
    'release',
    'criticality',
    'exposure',
    'environment',
    'origin',
    'maintenanceGroup',
    'redundancyGroup',
    'lane',
    'judged',
  ] as const;
  const YES_NO = ['ring', 'reboot', 'exploited'] as const;
  const { owner, tag, without } = filter;
  return [
    ...ANY_OF.flatMap((name) => {
      const asked: readonly string[] | undefined = filter[name];
      return asked === undefined ? [] : [[name, name, anyOf(asked)] as const];
    }),
    ...YES_NO.flatMap((name) => {
      const asked = filter[name];
      return asked === undefined ? [] : [[name, name, anyOf([asked ? 'yes' : 'no'])] as const];
    }),
    ...(owner === undefined ? [] : [['owner', 'owner', anyOf([owner])] as const]),
    ...(tag === undefined
      ? []
      : [['tag', 'tag', (words: readonly string[]) => tag.every((one) => words.includes(one))] as const]),
    ...(without ?? []).map((fact) => ['without', WITHOUT[fact], isNone] as const),
  ];
}

function anyOf(asked: readonly string[]): Holds {
  return (words) => words.some((word) => asked.includes(word));
}

function isNone(words: readonly string[]): boolean {
  return words.length === 0;
}
