import {
  ASSET_FACETS,
  type AssetFacet,
  type AssetFacetName,
  type AssetFacets,
  type AssetFilter,
} from '@patchsteward/contract';
import { supportWord } from '@patchsteward/core/1-identification';
import type { Instant } from '@patchsteward/core/vocabulary';
import { findAssets, isStaleSlot } from './asset-found.ts';
import type { AssetView } from './asset-view.ts';
import type { CountedWord } from './word-column.ts';

/** More than a person chooses from; of more values the rest is found by the search. */
const VALUES_MAX = 50;

/** How many assets there are of each kind within a filter; a facet that is filtered by, without its own word. */
export function facetsOf(view: AssetView, filter: AssetFilter, now: Instant): AssetFacets {
  const found = findAssets(view, filter, now);
  const left = found.slots();
  return {
    total: found.total,
    facets: ASSET_FACETS.map((name) => {
      const slots = filter[name] === undefined ? left : found.slotsWithout(name);
      return facetOf(name, countOf(view, name, slots, now));
    }),
  };
}

function countOf(view: AssetView, name: AssetFacetName, slots: readonly number[], now: Instant): CountedWord[] {
  if (name === 'stale') return countStale(view, slots, now);
  if (name === 'support') return countSupport(view, slots, now);
  return view.columns[name].count(slots);
}

function countSupport(view: AssetView, slots: readonly number[], now: Instant): CountedWord[] {
  const counts = new Map<string, number>();
  for (const { value, assets } of view.columns.supportScope.count(slots)) {
    const word = supportWord(view.supportOf(value, now));
    counts.set(word, (counts.get(word) ?? 0) + assets);
  }
  return [...counts].map(([value, assets]) => ({ value, assets }));
}

function countStale(view: AssetView, slots: readonly number[], now: Instant): CountedWord[] {
  const stale = slots.reduce((sum, slot) => (isStaleSlot(view, slot, now) ? sum + 1 : sum), 0);
  return [
    { value: 'yes', assets: stale },
    { value: 'no', assets: slots.length - stale },
  ].filter(({ assets }) => assets > 0);
}

function facetOf(name: AssetFacetName, counted: readonly CountedWord[]): AssetFacet {
  return { name, values: mostFrequent(counted), more: counted.length > VALUES_MAX };
}

/** Of ten thousand pairs fifty are shown: only what belongs to those so far is put into its place. */
function mostFrequent(counted: readonly CountedWord[]): CountedWord[] {
  const first: CountedWord[] = [];
  for (const one of counted) {
    const last = first[VALUES_MAX - 1];
    if (last !== undefined && compareCounted(one, last) > 0) continue;
    const at = first.findIndex((other) => compareCounted(one, other) < 0);
    first.splice(at === -1 ? first.length : at, 0, one);
    if (first.length > VALUES_MAX) first.pop();
  }
  return first;
}

function compareCounted(one: CountedWord, other: CountedWord): number {
  return other.assets - one.assets || compareValues(one.value, other.value);
}

/** An asset without any comes after those with some. */
function compareValues(one: string | null, other: string | null): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? 1 : -1;
  return one < other ? -1 : 1;
}
