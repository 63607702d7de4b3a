import { ASSET_SORTS, type AssetSort, InstantNumber } from '@patchsteward/contract';
import type { Criticality, Exposure } from '@patchsteward/core/vocabulary';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../platform/http/cursor.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { figuresOf } from './asset-figures.ts';
import type { ViewedAsset } from './asset-view.ts';

/** Where a page ended: the sort, what the last asset was sorted by, its name and id. */
const Place = z.tuple([z.enum(ASSET_SORTS), z.int(), z.string(), z.uuid()]);
export type AssetPlace = z.infer<typeof Place>;

/** What is not due comes last, who never reported comes first: beyond every instant on its side. */
const NEVER = Number.MAX_SAFE_INTEGER;

type Ordered = Pick<ViewedAsset, 'asset' | 'checkIn' | 'packageSet' | 'assessment'>;

/** What each order asks first; equals then go by name and id. */
function firstOf(sort: AssetSort, ordered: Ordered): number {
  const { checkIn, assessment } = ordered;
  switch (sort) {
    case 'name':
      return 0;
    case 'urgent':
      return assessment?.due ?? NEVER;
    case 'seen':
      return checkIn?.seenAt ?? -NEVER;
    case 'findings': {
      const figures = figuresOf(ordered);
      // Where nothing was counted there is no number.
      return figures === null ? 1 : -figures.findings;
    }
  }
}

export const ASSET_ORDERS: Readonly<Record<AssetSort, (one: Ordered, other: Ordered) => number>> = {
  name: compareNames,
  urgent: (one, other) => firstOf('urgent', one) - firstOf('urgent', other) || compareNames(one, other),
  seen: (one, other) => firstOf('seen', one) - firstOf('seen', other) || compareNames(one, other),
  findings: (one, other) => firstOf('findings', one) - firstOf('findings', other) || compareNames(one, other),
};

const CRITICALITIES: Readonly<Record<Criticality, number>> = { critical: 0, high: 1, normal: 2, low: 3 };
const EXPOSURES: Readonly<Record<Exposure, number>> = { public: 0, unknown: 0, internal: 1, isolated: 2 };

/** Critical ones first, and of these what can be reached from outside. // checklist c5 c15 */
export function rankOf({ asset }: Pick<Ordered, 'asset'>): number {
  return 3 * CRITICALITIES[asset.criticality] + EXPOSURES[asset.exposure];
}

export function compareRanks(one: Ordered, other: Ordered): number {
  return rankOf(one) - rankOf(other) || compareNames(one, other);
}

/** Where an asset stands in the order of ranks. */
export type RankPlace = [rank: number, name: string, assetId: string];

/** Below zero where the asset comes before the place, above where it comes after. */
export function compareWithRank(asset: Ordered['asset'], [rank, name, id]: RankPlace): number {
  return rankOf({ asset }) - rank || compareTexts(asset.name, name) || compareTexts(asset.id, id);
}

function compareNames({ asset: one }: Ordered, { asset: other }: Ordered): number {
  return compareTexts(one.name, other.name) || compareTexts(one.id, other.id);
}

function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Below zero where the asset comes before the place, above where it comes after. */
export function compareWithPlace(asset: Ordered, [sort, first, name, id]: AssetPlace): number {
  return firstOf(sort, asset) - first || compareTexts(asset.asset.name, name) || compareTexts(asset.asset.id, id);
}

export function cursorAfter(sort: AssetSort, viewed: Ordered): string {
  return encodeCursor([sort, firstOf(sort, viewed), viewed.asset.name, viewed.asset.id]);
}

/** A place in one order is none in another. */
export function placeOf(cursor: string, sort: AssetSort): AssetPlace {
  const place = decodeCursor(cursor, Place);
  if (place[0] === sort) return isOfCalendar(place) ? place : refuseCursor();
  throw new Refusal('bad-request', 'The cursor belongs to a list in another order.', {
    details: [{ path: 'query.cursor', problem: 'begin the list anew after changing its order' }],
  });
}

/** A cursor is a stranger's text: an instant in it may lie outside the calendar. */
function isOfCalendar([sort, first]: AssetPlace): boolean {
  if (sort !== 'urgent' && sort !== 'seen') return true;
  return Math.abs(first) === NEVER || InstantNumber.safeParse(first).success;
}

function refuseCursor(): never {
  throw new Refusal('bad-request', 'The cursor is not one that this server gave.');
}

/** Slots in an order. Those whose place may have changed are put in anew when somebody asks, the others stay. */
export class SlotOrder {
  readonly #compare: (one: number, other: number) => number;
  readonly #moved = new Set<number>();
  #slots: readonly number[] = [];

  constructor(compare: (one: number, other: number) => number) {
    this.#compare = compare;
  }

  move(slot: number): void {
    this.#moved.add(slot);
  }

  slots(): readonly number[] {
    if (this.#moved.size > 0) {
      const moved = [...this.#moved].sort(this.#compare);
      const stayed = this.#slots.filter((slot) => !this.#moved.has(slot));
      this.#slots = merged(stayed, moved, this.#compare);
      this.#moved.clear();
    }
    return this.#slots;
  }
}

function merged(
  stayed: readonly number[],
  moved: readonly number[],
  compare: (one: number, other: number) => number,
): readonly number[] {
  const slots: number[] = [];
  let next = 0;
  for (const slot of moved) {
    for (let kept = stayed[next]; kept !== undefined && compare(kept, slot) < 0; kept = stayed[next]) {
      slots.push(kept);
      next += 1;
    }
    slots.push(slot);
  }
  return slots.concat(stayed.slice(next));
}
