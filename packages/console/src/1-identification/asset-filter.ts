import type { AssetFacetName, AssetFilterWords, AssetSort } from '@patchsteward/contract';
import type { RawSearch } from '../platform/search-params.ts';
import { textIn, wordIn } from '../platform/search-params.ts';
import { strings } from '../platform/strings.ts';

const FILTER_NAMES = [
  'search',
  'release',
  'support',
  'criticality',
  'exposure',
  'environment',
  'origin',
  'ring',
  'owner',
  'maintenanceGroup',
  'redundancyGroup',
  'tag',
  'without',
  'stale',
  'reboot',
  'exploited',
  'lane',
  'judged',
] as const satisfies readonly (keyof AssetFilterWords)[];
type FilterName = (typeof FILTER_NAMES)[number];

const SORTS = ['name', 'urgent', 'seen', 'findings'] as const satisfies readonly AssetSort[];
const GROUPINGS = ['owner', 'maintenanceGroup', 'release', 'criticality'] as const;

/** What the address of the list of assets says: every filter as the server takes it, the order, the grouping. */
export interface AssetsAddress extends AssetFilterWords {
  readonly sort?: AssetSort | undefined;
  readonly group?: (typeof GROUPINGS)[number] | undefined;
}

export function assetsAddress(raw: RawSearch): AssetsAddress {
  const words = Object.assign({}, ...FILTER_NAMES.map((name) => textIn(raw, name)));
  // The server refuses words that it does not know, and says which.
  return { ...(words as AssetFilterWords), ...wordIn(raw, 'sort', SORTS), ...wordIn(raw, 'group', GROUPINGS) };
}

export function filterOf(address: AssetsAddress): AssetFilterWords {
  const { sort: _, group: __, ...filter } = address;
  return filter;
}

/** One value of a filter, to be shown and to be removed. */
interface Chip {
  readonly name: FilterName;
  readonly value: string;
  readonly title: string;
  readonly words: string;
}

/** Of these one value alone is taken, which may have a comma in it. */
const SINGLE: ReadonlySet<FilterName> = new Set(['search', 'owner', 'ring', 'stale', 'reboot', 'exploited']);

export function valuesOf(filter: AssetFilterWords, name: FilterName): readonly string[] {
  const text = filter[name];
  if (text === undefined || text === '') return [];
  return SINGLE.has(name) ? [text] : text.split(',');
}

export function chipsOf(filter: AssetFilterWords): readonly Chip[] {
  return FILTER_NAMES.filter((name) => name !== 'search').flatMap((name) =>
    valuesOf(filter, name).map((value) => ({
      name,
      value,
      title: strings.filters.names[name],
      words: valueWords(name, value),
    })),
  );
}

/** The filter with one value more, or without it where it has it. */
export function toggled(filter: AssetFilterWords, name: FilterName, value: string): AssetFilterWords {
  const values = valuesOf(filter, name);
  const next = values.includes(value)
    ? values.filter((one) => one !== value)
    : [...(SINGLE.has(name) ? [] : values), value];
  return { ...filter, [name]: next.length === 0 ? undefined : next.join(',') };
}

/** Which word of the filter a value of a facet is: that of having none is a word of its own. */
export function facetWord(name: AssetFacetName, value: string | null): readonly [FilterName, string] | null {
  if (value !== null) return [name, value];
  const without = WITHOUT[name];
  return without === undefined ? null : ['without', without];
}

const WITHOUT: Partial<Record<AssetFacetName, string>> = {
  owner: 'owner',
  tag: 'tag',
  maintenanceGroup: 'maintenance-group',
  redundancyGroup: 'redundancy-group',
};

const KNOWN: Partial<Record<FilterName, Readonly<Record<string, string>>>> = {
  criticality: strings.criticality,
  exposure: strings.exposure,
  environment: strings.environment,
  origin: strings.filters.origins,
  lane: { ...strings.lane, none: strings.filters.noLane },
  without: strings.filters.without,
  ring: strings.filters.yesNo,
  stale: strings.filters.yesNo,
  reboot: strings.filters.yesNo,
  exploited: strings.filters.yesNo,
  judged: strings.filters.judged,
  support: strings.support,
  release: { unknown: strings.filters.unknownRelease },
};

export function valueWords(name: FilterName, value: string): string {
  return KNOWN[name]?.[value] ?? value;
}
