import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { assetQuery } from '../1-identification/queries.ts';
import { Action } from '../parts/action.tsx';
import { ButtonLink } from '../parts/button-link.tsx';
import { CheckField } from '../parts/check-field.tsx';
import { CloseIcon, GoodIcon } from '../parts/icons.ts';
import { SearchField } from '../parts/search-field.tsx';
import { Select } from '../parts/select.tsx';
import { Empty, Failed, Freshness, Loading } from '../parts/states.tsx';
import { LoadedSoFar, Table } from '../parts/table.tsx';
import { useShortcut } from '../platform/keys.ts';
import { usePagedRows } from '../platform/pages.ts';
import { strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { EXCEPTION_COLUMNS } from './exception-columns.tsx';
import { exceptionList, PAGES_MAX } from './queries.ts';

const words = strings.exceptions;
const ROW_PX = 88;

const route = getRouteApi('/inside/exceptions');
type Address = ReturnType<typeof route.useSearch>;

function useAddress() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const put = useCallback(
    (change: Address) =>
      void navigate({ search: (old) => ({ ...old, pages: undefined, ...change }), replace: true, resetScroll: false }),
    [navigate],
  );
  return { search, put };
}

/** Risks that somebody answers for, or is to answer for; what ends first comes first. // SP 800-40r4 §2.2 */
export function ExceptionsScreen() {
  const { search: address, put } = useAddress();
  const { pages = 1, ...filter } = address;
  const list = useInfiniteQuery(exceptionList(filter));
  const onMore = useCallback((more: number) => put({ pages: more }), [put]);
  const { rows, total, loadMore } = usePagedRows(list, pages, PAGES_MAX, onMore);
  const refresh = (): void => void list.refetch();
  useShortcut('r', strings.keys.refresh, refresh);
  useTitle(words.title);
  const counts = list.data?.pages[0]?.counts;
  const filtered = Object.values(filter).some((value) => value !== undefined);

  return (
    <>
      <div className="ps-title">
        <h1>{words.title}</h1>
        {list.data !== undefined && <p className="ps-subtle">{words.total(total)}</p>}
        {list.data !== undefined && (
          <Freshness at={list.dataUpdatedAt} error={list.error} loading={list.isFetching} onRefresh={refresh} />
        )}
      </div>
      <p className="ps-lead">
        {words.lead} {counts !== undefined && words.counts(counts.requested, counts.standing, counts.endsSoon)}
      </p>
      <ExceptionTools />
      {list.isPending && <Loading />}
      {list.data === undefined && list.isError && <Failed error={list.error} onAgain={refresh} />}
      {list.data !== undefined && rows.length === 0 && (
        <NoExceptions filtered={filtered} onClear={() => put(NO_FILTER)} />
      )}
      {rows.length > 0 && (
        <Table
          label={words.title}
          name="exceptions"
          columns={EXCEPTION_COLUMNS}
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

const NO_FILTER: Address = {
  ...{ search: undefined, state: undefined, mine: undefined, asset: undefined, vulnerability: undefined },
};

function idOf({ id }: { readonly id: string }): string {
  return id;
}

function ExceptionTools() {
  const { search: address, put } = useAddress();
  const { search = '', state = 'open', mine, asset, vulnerability } = address;
  return (
    <>
      <div className="ps-tools">
        <SearchField label={words.searchLabel} value={search} onSearch={(text) => put({ search: text })} />
        <ButtonLink to="/exceptions/new">{words.ask.open}</ButtonLink>
      </div>
      <div className="ps-filters">
        <Select
          label={words.state}
          value={state}
          words={words.states}
          onChange={(word) => put({ state: word === 'open' ? undefined : word })}
        />
        <CheckField
          label={words.mine}
          checked={mine === 'yes'}
          onChange={(only) => put({ mine: only ? 'yes' : undefined })}
        />
        {asset !== undefined && <AssetFilter id={asset} onClear={() => put({ asset: undefined })} />}
        {vulnerability !== undefined && (
          <TakeOff words={words.onlyVulnerability(vulnerability)} onAct={() => put({ vulnerability: undefined })} />
        )}
      </div>
    </>
  );
}

function AssetFilter({ id, onClear }: { readonly id: string; readonly onClear: () => void }) {
  const asset = useQuery(assetQuery(id));
  return <TakeOff words={words.onlyAsset(asset.data?.name ?? id)} onAct={onClear} />;
}

function TakeOff({ words: text, onAct }: { readonly words: string; readonly onAct: () => void }) {
  return (
    <Action small disabledReason={null} icon={<CloseIcon />} onAct={onAct}>
      {text}
    </Action>
  );
}

function NoExceptions({ filtered, onClear }: { readonly filtered: boolean; readonly onClear: () => void }) {
  if (!filtered) {
    return (
      <Empty title={words.none} icon={GoodIcon} tone="good">
        {words.noneLead}
      </Empty>
    );
  }
  return (
    <Empty
      title={words.nothingFits}
      action={
        <Action disabledReason={null} onAct={onClear}>
          {words.clearFilters}
        </Action>
      }
    >
      {words.nothingFitsLead}
    </Empty>
  );
}
