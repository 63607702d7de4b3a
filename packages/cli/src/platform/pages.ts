import type { ListOptions } from './server-options.ts';

/** What the server gives at most at once. */
const PAGE_SIZE = 500;
/** More rows than any fleet has: a list that goes on beyond is a mistake of one side, and a loop without an end. */
const ITEMS_MAX = 1_000_000;
/** A fleet is looked at from the top; some screens of it. */
export const SHOWN_OF_FLEET = 100;

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

interface PageQuery {
  readonly cursor: string | undefined;
  readonly limit: number;
}

/** How many items to read. A program gets all of them: it would not notice that some are missing. */
export function itemsMaxOf(
  { all, json, limit }: ListOptions & { readonly json?: true },
  shownMax: number = ITEMS_MAX,
): number {
  if (limit !== undefined) return limit;
  return all === true || json === true ? ITEMS_MAX : shownMax;
}

/** The pages of a list as one answer, up to a number of items; `next` then says that there are more. */
export async function readPages<P extends Page<unknown>>(
  read: (query: PageQuery) => Promise<P>,
  itemsMax: number,
  onPage: (itemsRead: number) => void,
): Promise<P> {
  const first = await read({ cursor: undefined, limit: Math.min(PAGE_SIZE, itemsMax) });
  const items = [...first.items];
  let { next } = first;
  while (next !== null && items.length < itemsMax) {
    onPage(items.length);
    const page = await read({ cursor: next, limit: Math.min(PAGE_SIZE, itemsMax - items.length) });
    items.push(...page.items);
    // A page without items that promises more would be asked for without an end.
    next = page.items.length === 0 ? null : page.next;
  }
  return { ...first, items, next };
}
