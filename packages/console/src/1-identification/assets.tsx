import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { ButtonLink } from '../parts/button-link.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { Empty, Failed, Freshness, Loading } from '../parts/states.tsx';
import { LoadedSoFar, Table } from '../parts/table.tsx';
import { useShortcut } from '../platform/keys.ts';
import { usePagedRows } from '../platform/pages.ts';
import { strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { ASSET_COLUMNS } from './asset-row.tsx';
import { assetList, PAGES_MAX } from './queries.ts';

const words = strings.assets;
const ROW_PX = 68;

const route = getRouteApi('/inside/assets');

export function AssetsScreen() {
  const { search = '', pages = 1 } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useInfiniteQuery(assetList(search === '' ? undefined : search));
  const onMore = useCallback(
    (more: number) => void navigate({ search: (old) => ({ ...old, pages: more }), replace: true, resetScroll: false }),
    [navigate],
  );
  const { rows, total, loadMore } = usePagedRows(list, pages, PAGES_MAX, onMore);
  const refresh = (): void => void list.refetch();
  useShortcut('r', strings.keys.refresh, refresh);
  useTitle(strings.screens.assets);

  return (
    <>
      <div className="ps-title">
        <h1>{strings.screens.assets}</h1>
        {list.data !== undefined && <p className="ps-subtle">{words.total(total)}</p>}
        {list.data !== undefined && (
          <Freshness at={list.dataUpdatedAt} error={list.error} loading={list.isFetching} onRefresh={refresh} />
        )}
      </div>
      <div className="ps-tools">
        <SearchField
          label={words.searchLabel}
          value={search}
          onSearch={(next) => void navigate({ search: { search: next }, replace: true, resetScroll: false })}
        />
      </div>
      {list.isPending && <Loading />}
      {list.data === undefined && list.isError && <Failed error={list.error} onAgain={refresh} />}
      {list.data !== undefined && rows.length === 0 && <NoAssets search={search} />}
      {rows.length > 0 && (
        <Table
          label={strings.screens.assets}
          name="assets"
          columns={ASSET_COLUMNS}
          rows={rows}
          keyOf={idOf}
          total={total}
          estimatePx={ROW_PX}
          settling={list.isPlaceholderData}
          resumes
          onNearEnd={loadMore}
        />
      )}
      {rows.length > 0 && <LoadedSoFar loaded={rows.length} total={total} loading={list.isFetchingNextPage} />}
    </>
  );
}

function idOf({ id }: { readonly id: string }): string {
  return id;
}

function NoAssets({ search }: { readonly search: string }) {
  if (search !== '') {
    return <Empty title={strings.list.nothingFound(search)}>{strings.list.nothingFoundWhatToDo}</Empty>;
  }
  return (
    <Empty title={words.none} action={<ButtonLink to="/enrollment">{words.toEnrollment}</ButtonLink>}>
      {words.noneWhatToDo}
    </Empty>
  );
}
