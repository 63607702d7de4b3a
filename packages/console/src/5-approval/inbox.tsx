import type { InboxItem } from '@patchsteward/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { GoodIcon } from '../parts/icons.ts';
import { Empty, Failed, Freshness, Loading } from '../parts/states.tsx';
import { LoadedSoFar, Table } from '../parts/table.tsx';
import { useShortcut } from '../platform/keys.ts';
import { usePagedRows } from '../platform/pages.ts';
import { strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { INBOX_COLUMNS } from './inbox-row.tsx';
import { NotYours } from './not-yours.tsx';
import { inboxList, PAGES_MAX } from './queries.ts';

const words = strings.inbox;
const ROW_PX = 96;

const route = getRouteApi('/inside/inbox');

/** What waits for the decision of whoever is signed in, what is needed first coming first. */
export function InboxScreen() {
  const { pages = 1 } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useInfiniteQuery(inboxList);
  const onMore = useCallback(
    (more: number) => void navigate({ search: { pages: more }, replace: true, resetScroll: false }),
    [navigate],
  );
  const { rows, total, loadMore } = usePagedRows(list, pages, PAGES_MAX, onMore);
  const refresh = (): void => void list.refetch();
  useShortcut('r', strings.keys.refresh, refresh);
  useTitle(words.title);
  const first = list.data?.pages[0];

  return (
    <>
      <div className="ps-title">
        <h1>{words.title}</h1>
        {first !== undefined && total > 0 && <p className="ps-subtle">{words.total(total)}</p>}
        {first !== undefined && (
          <Freshness at={list.dataUpdatedAt} error={list.error} loading={list.isFetching} onRefresh={refresh} />
        )}
      </div>
      {list.isPending && <Loading />}
      {first === undefined && list.isError && <Failed error={list.error} onAgain={refresh} />}
      {first !== undefined && rows.length === 0 && (
        <Empty title={words.none} icon={GoodIcon} tone="good">
          {words.noneLead}
        </Empty>
      )}
      {rows.length > 0 && (
        <Table
          label={words.title}
          name="inbox"
          columns={INBOX_COLUMNS}
          rows={rows}
          keyOf={idOf}
          total={total}
          estimatePx={ROW_PX}
          settling={false}
          resumes
          onNearEnd={loadMore}
        />
      )}
      {rows.length > 0 && <LoadedSoFar loaded={rows.length} total={total} loading={list.isFetchingNextPage} />}
      {first !== undefined && <NotYours items={first.notYours} total={first.notYoursTotal} />}
    </>
  );
}

function idOf({ id }: InboxItem): string {
  return id;
}
