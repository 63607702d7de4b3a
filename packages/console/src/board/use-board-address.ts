import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';

const route = getRouteApi('/inside/campaigns');

type BoardSearch = ReturnType<typeof route.useSearch>;

interface BoardAddress {
  readonly search: BoardSearch;
  /** Changes what the address says; the screen stays one step in the history. */
  readonly put: (change: BoardSearch) => void;
  readonly onMore: (pages: number) => void;
  readonly onSearch: (search: string) => void;
}

/** What the address says of the campaigns: the view, the search, the filters, how far a list is loaded. */
export function useBoardAddress(): BoardAddress {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const put = useCallback(
    (change: BoardSearch) =>
      void navigate({ search: (old) => ({ ...old, ...change }), replace: true, resetScroll: false }),
    [navigate],
  );
  const onMore = useCallback((pages: number) => put({ pages }), [put]);
  const onSearch = useCallback((text: string) => put({ search: text, pages: undefined }), [put]);
  return { search, put, onMore, onSearch };
}
