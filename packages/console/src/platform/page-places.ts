export interface LoadedPage<Row> {
  readonly page: number;
  readonly items: readonly Row[];
}

/** The pages that hold these rows, and one on either side, so that scrolling finds the next page there. */
export function pagesInSight(first: number, last: number, pageRows: number): readonly number[] {
  const from = Math.max(0, Math.floor(first / pageRows) - 1);
  const to = Math.floor(Math.max(first, last) / pageRows) + 1;
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
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
