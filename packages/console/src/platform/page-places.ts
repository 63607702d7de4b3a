export interface LoadedPage<Row> {
  readonly page: number;
  readonly items: readonly Row[];
}

/** What of a list is before the reader, by its places. */
export interface Sight {
  readonly first: number;
  readonly last: number;
}

/** To where the reader moves through the list: its end, its beginning, or nowhere. */
export type Heading = 'down' | 'up' | 'none';

interface Extent {
  readonly pageRows: number;
  /** Of the whole list; undefined while nothing has come of it. */
  readonly total: number | undefined;
}

/** Pages loaded before the reader is there: two are some seconds of scrolling, and a second of flicking. */
const PAGES_AHEAD = 2;
/** Whoever turns back, or stands still, finds one there. */
const PAGES_BESIDE = 1;

/** The pages that hold these rows, those first, and then the ones to which the reader comes next. */
export function pagesInSight({ first, last }: Sight, heading: Heading, { pageRows, total }: Extent): readonly number[] {
  const pageOf = (row: number): number => Math.floor(row / pageRows);
  // Nobody knows yet that there is a second page; and a list may have become shorter than where the reader stands.
  const lastPage = total === undefined ? pageOf(Math.max(first, last)) : Math.max(0, pageOf(total - 1));
  const from = Math.min(pageOf(first), lastPage);
  const to = Math.min(pageOf(Math.max(first, last)), lastPage);
  const below = pagesFrom(to + 1, heading === 'down' ? PAGES_AHEAD : PAGES_BESIDE);
  const above = pagesFrom(from - 1, heading === 'up' ? -PAGES_AHEAD : -PAGES_BESIDE);
  const next = heading === 'up' ? [...above, ...below] : [...below, ...above];
  return [...pagesFrom(from, to - from + 1), ...next].filter((page) => page >= 0 && page <= lastPage);
}

/** So many pages from this one on; backwards where the number is negative. */
function pagesFrom(page: number, count: number): readonly number[] {
  return Array.from({ length: Math.abs(count) }, (_, at) => page + at * Math.sign(count));
}

/** Whoever stands still goes on as before. */
export function headingFrom(before: Sight, { first }: Sight, heading: Heading): Heading {
  if (first === before.first) return heading;
  return first > before.first ? 'down' : 'up';
}

/** The rows in their places; where no page is loaded the places stay empty. */
export function rowsOf<Row>(
  loaded: readonly LoadedPage<Row>[],
  total: number,
  pageRows: number,
): readonly (Row | undefined)[] {
  const rows = Array.from<Row | undefined>({ length: total });
  for (const { page, items } of loaded) {
    for (const [at, item] of items.entries()) {
      const index = page * pageRows + at;
      if (index < total) rows[index] = item;
    }
  }
  return rows;
}
