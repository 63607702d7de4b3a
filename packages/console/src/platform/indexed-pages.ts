import { type UseQueryOptions, useQueries } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import { type LoadedPage, pagesInSight, rowsOf } from './page-places.ts';

interface PageOf<Row> {
  readonly items: Row[];
  readonly next: string | null;
  readonly total: number;
}

interface IndexedRows<Row> {
  /** As many as there are; undefined where the page of a row is not loaded. */
  readonly rows: readonly (Row | undefined)[];
  readonly total: number;
  readonly onSight: (first: number, last: number) => void;
  /** Nothing has come yet, not even of the question before. */
  readonly pending: boolean;
  /** What is shown answers the question before. */
  readonly settling: boolean;
  readonly fetching: boolean;
  readonly error: unknown;
  readonly updatedAt: number;
  readonly refetch: () => void;
}

/** A list of any length of which the pages in sight and their neighbors are loaded, wherever the reader jumps. */
export function useIndexedRows<Row, Key extends readonly unknown[]>(
  question: string,
  pageRows: number,
  queryOf: (page: number) => UseQueryOptions<PageOf<Row>, Error, PageOf<Row>, Key>,
): IndexedRows<Row> {
  const [sight, setSight] = useState({ question, first: 0, last: 0 });
  const inSight = sight.question === question ? sight : { first: 0, last: 0 };
  const pages = pagesInSight(inSight.first, inSight.last, pageRows);
  const queries = useQueries({ queries: pages.map((page) => queryOf(page)) });
  const loaded: LoadedPage<Row>[] = queries.flatMap(({ data }, at) => {
    const page = pages[at];
    return data === undefined || page === undefined ? [] : [{ page, items: data.items }];
  });
  const [newest] = queries.filter(({ data }) => data !== undefined).sort((a, b) => b.dataUpdatedAt - a.dataUpdatedAt);
  const total = newest?.data?.total;
  const stamp = queries.map(({ dataUpdatedAt }, at) => `${pages[at]} ${dataUpdatedAt}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stamp says when any of the pages changed
  const rows = useMemo(() => rowsOf(loaded, total ?? 0, pageRows), [question, stamp, total, pageRows]);

  const before = useRef({ rows, total: 0, known: false });
  const known = total !== undefined;
  if (known) before.current = { rows, total, known };
  const shown = known ? { rows, total } : before.current;
  const failed = queries.find(({ isError }) => isError);

  return {
    rows: shown.rows,
    total: shown.total,
    onSight: useCallback((first: number, last: number) => setSight({ question, first, last }), [question]),
    pending: !before.current.known && failed === undefined,
    settling: !known && before.current.known,
    fetching: queries.some(({ isFetching }) => isFetching),
    error: failed?.error ?? null,
    updatedAt: newest?.dataUpdatedAt ?? 0,
    refetch: () => {
      for (const query of queries) void query.refetch();
    },
  };
}
