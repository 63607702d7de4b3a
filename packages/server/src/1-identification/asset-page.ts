import type { AssetListQuery } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { z } from 'zod';
import { findAssets } from './asset-found.ts';
import { type AssetPlace, compareWithPlace, cursorAfter, placeOf } from './asset-order.ts';
import type { AssetView } from './asset-view.ts';

interface SlotPage {
  readonly slots: readonly number[];
  readonly next: string | null;
  /** All that the filter leaves. */
  readonly total: number;
}

/** A page of what a filter leaves. The cursor is the place of the last asset, wherever others have gone since. */
export function pageOfAssets(view: AssetView, query: z.output<typeof AssetListQuery>, now: Instant): SlotPage {
  const { cursor, limit, sort, skip, ...filter } = query;
  const found = findAssets(view, filter, now);
  const ordered = view.ordered(sort);
  const start = cursor === undefined ? 0 : firstAfter(view, ordered, placeOf(cursor, sort));
  const slots: number[] = [];
  let toSkip = skip;
  for (let at = start; at < ordered.length && slots.length <= limit; at += 1) {
    const slot = ordered[at];
    if (slot === undefined || !found.has(slot)) continue;
    if (toSkip > 0) toSkip -= 1;
    else slots.push(slot);
  }
  const shown = slots.slice(0, limit);
  const last = shown.at(-1);
  const more = last !== undefined && slots.length > shown.length;
  return { slots: shown, next: more ? cursorAfter(sort, view.at(last)) : null, total: found.total };
}

function firstAfter(view: AssetView, ordered: readonly number[], place: AssetPlace): number {
  let from = 0;
  let to = ordered.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    const slot = ordered[middle];
    if (slot !== undefined && compareWithPlace(view.at(slot), place) <= 0) from = middle + 1;
    else to = middle;
  }
  return from;
}
