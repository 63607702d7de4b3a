import { useCallback, useEffect, useMemo } from 'react';

interface Page<Row> {
  readonly items: readonly Row[];
  readonly total: number;
}

/** What of an infinite query is needed here. */
interface PagedQuery<Row> {
  readonly data: { readonly pages: readonly Page<Row>[] } | undefined;
  readonly hasNextPage: boolean;
  readonly isFetching: boolean;
  readonly isError: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}

interface PagedRows<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly loadMore: () => void;
}

/**
 * The rows of the loaded pages. `wanted` is how many pages the address asks for, so that going back or opening a link
 * shows what was seen before; `onMore` writes a larger number there.
 */
export function usePagedRows<Row>(
  query: PagedQuery<Row>,
  wanted: number,
  pagesMax: number,
  onMore: (pages: number) => void,
): PagedRows<Row> {
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = query;
  const loaded = data?.pages.length ?? 0;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);

  useEffect(() => {
    // A failed page is asked for again by a person, not in a loop.
    if (loaded > 0 && loaded < wanted && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [loaded, wanted, hasNextPage, isFetching, isError, fetchNextPage]);

  const loadMore = useCallback(() => {
    if (hasNextPage && loaded >= wanted && loaded < pagesMax) onMore(loaded + 1);
  }, [hasNextPage, loaded, wanted, pagesMax, onMore]);

  return { rows, total: data?.pages.at(-1)?.total ?? 0, loadMore };
}
