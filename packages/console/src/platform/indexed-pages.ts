import { hashKey, type UseQueryOptions, useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { keepPages } from './kept-pages.ts';
import { type Heading, headingFrom, type LoadedPage, pagesInSight, rowsOf, type Sight } from './page-places.ts';
import { LOOK_EVERY_MS, paceOf } from './sight-pace.ts';

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

const TOP: Sight = { first: 0, last: 0 };
const FIRST_PAGE: readonly number[] = [0];

interface Reader {
  readonly sight: Sight;
  readonly heading: Heading;
}

interface Shown<Row> {
  readonly question: string;
  readonly rows: readonly (Row | undefined)[];
  readonly total: number | undefined;
}

/**
 * A list of any length of which the pages in sight and those that come next are loaded, wherever the reader jumps. What
 * a page that is out of sight had asked for is called off; a bounded number of answers is kept.
 */
export function useIndexedRows<Row, Key extends readonly unknown[]>(
  question: string,
  pageRows: number,
  queryOf: (page: number) => UseQueryOptions<PageOf<Row>, Error, PageOf<Row>, Key>,
): IndexedRows<Row> {
  const reader = useRef<Reader>({ sight: TOP, heading: 'none' });
  const before = useRef<Shown<Row>>({ question, rows: [], total: undefined });
  const [asked, setAsked] = useState({ question, pages: FIRST_PAGE });
  const pages = asked.question === question ? asked.pages : FIRST_PAGE;
  const ask = useCallback(
    (sight: Sight): void => {
      const heading = headingFrom(reader.current.sight, sight, reader.current.heading);
      reader.current = { sight, heading };
      const { question: answered, total } = before.current;
      const next = pagesInSight(sight, heading, { pageRows, total: answered === question ? total : undefined });
      // Within one page nothing is to be rendered.
      setAsked((old) =>
        old.question === question && String(old.pages) === String(next) ? old : { question, pages: next },
      );
    },
    [question, pageRows],
  );
  const onSight = usePacedSight(pageRows, ask);
  const queries = useQueries({ queries: pages.map((page) => queryOf(page)) });
  useBoundedMemory(pages.map((page) => hashKey(queryOf(page).queryKey)));
  const loaded: LoadedPage<Row>[] = queries.flatMap(({ data }, at) => {
    const page = pages[at];
    return data === undefined || page === undefined ? [] : [{ page, items: data.items }];
  });
  const [newest] = queries.filter(({ data }) => data !== undefined).sort((a, b) => b.dataUpdatedAt - a.dataUpdatedAt);
  // Where the reader jumps to nothing is loaded, and still the list is as long as it was.
  const total = newest?.data?.total ?? (before.current.question === question ? before.current.total : undefined);
  const stamp = queries.map(({ dataUpdatedAt }, at) => `${pages[at]} ${dataUpdatedAt}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stamp says when any of the pages changed
  const rows = useMemo(() => rowsOf(loaded, total ?? 0, pageRows), [question, stamp, total, pageRows]);

  const known = total !== undefined;
  if (known) before.current = { question, rows, total };
  const shown = before.current;
  const failed = queries.find(({ isError }) => isError);

  return {
    rows: shown.rows,
    total: shown.total ?? 0,
    onSight,
    pending: shown.total === undefined && failed === undefined,
    settling: !known && shown.total !== undefined,
    fetching: queries.some(({ isFetching }) => isFetching),
    error: failed?.error ?? null,
    updatedAt: newest?.dataUpdatedAt ?? 0,
    refetch: () => {
      for (const query of queries) void query.refetch();
    },
  };
}

/** Tells where the reader is: at once when they begin to move, then now and then, and once more when they stand still. */
function usePacedSight(pageRows: number, ask: (sight: Sight) => void): (first: number, last: number) => void {
  const latest = useRef(TOP);
  const lookedAt = useRef(TOP);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // The next look may find another question than the one in which the reader began to move.
  const asking = useRef(ask);
  useEffect(() => {
    asking.current = ask;
  }, [ask]);
  useEffect(() => () => clearTimeout(timer.current), []);

  return useCallback(
    (first: number, last: number): void => {
      const lookAgain = (): void => {
        const pace = paceOf(lookedAt.current, latest.current, pageRows);
        lookedAt.current = latest.current;
        if (pace !== 'flies') asking.current(latest.current);
        timer.current = pace === 'rests' ? undefined : setTimeout(lookAgain, LOOK_EVERY_MS);
      };
      latest.current = { first, last };
      if (timer.current !== undefined) return;
      lookedAt.current = latest.current;
      ask(latest.current);
      timer.current = setTimeout(lookAgain, LOOK_EVERY_MS);
    },
    [pageRows, ask],
  );
}

/** Lets go of the pages that were out of sight for longest. */
function useBoundedMemory(inSight: readonly string[]): void {
  const client = useQueryClient();
  const kept = useRef<readonly string[]>([]);
  const pages = inSight.join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the pages as one text, so that the same ones are the same
  useEffect(() => {
    const { kept: now, dropped } = keepPages(kept.current, inSight);
    kept.current = now;
    const cache = client.getQueryCache();
    for (const hash of dropped) {
      const query = cache.get(hash);
      if (query !== undefined) cache.remove(query);
    }
  }, [client, pages]);
}
