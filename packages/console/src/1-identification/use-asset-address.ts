import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';

const route = getRouteApi('/inside/assets/$id');

type AssetSearch = ReturnType<typeof route.useSearch>;

interface AssetAddress {
  readonly search: AssetSearch;
  /** Changes what the address says; the screen stays one step in the history, so that back leads out of it. */
  readonly put: (change: AssetSearch) => void;
  readonly onMore: (pages: number) => void;
  /** What was open or loaded before means nothing in another search. */
  readonly onSearch: (search: string) => void;
}

/** What the address of an asset says of its screen: the tab, the search, how far lists are loaded, what is open. */
export function useAssetAddress(): AssetAddress {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const put = useCallback(
    (change: AssetSearch) =>
      void navigate({ search: (old) => ({ ...old, ...change }), state: true, replace: true, resetScroll: false }),
    [navigate],
  );
  const onMore = useCallback((pages: number) => put({ pages }), [put]);
  const onSearch = useCallback(
    (text: string) => put({ search: text, pages: undefined, open: undefined, item: undefined }),
    [put],
  );
  return { search, put, onMore, onSearch };
}
