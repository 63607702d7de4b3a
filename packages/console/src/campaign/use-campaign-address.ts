import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';

const route = getRouteApi('/inside/campaigns/$id');

type CampaignSearch = ReturnType<typeof route.useSearch>;

/** What the address of a campaign says of its screen: the tab, the open room, what the person is about to do. */
export function useCampaignAddress() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const put = useCallback(
    (change: CampaignSearch) =>
      void navigate({ search: (old) => ({ ...old, ...change }), state: true, replace: true, resetScroll: false }),
    [navigate],
  );
  const onMore = useCallback((pages: number) => put({ pages }), [put]);
  return { search, put, onMore };
}
