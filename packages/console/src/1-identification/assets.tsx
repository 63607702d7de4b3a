import type { AssetFilterWords, AssetSummary } from '@patchsteward/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { ButtonLink } from '../parts/button-link.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { Select } from '../parts/select.tsx';
import { Empty, Failed, Freshness, Loading } from '../parts/states.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { useIndexedRows } from '../platform/indexed-pages.ts';
import { useShortcut } from '../platform/keys.ts';
import { strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { AssetBulk } from './asset-bulk.tsx';
import { type AssetsAddress, chipsOf, filterOf } from './asset-filter.ts';
import { AssetGroups, FilterChips, FilterPanel } from './asset-filter-bar.tsx';
import { ASSET_COLUMNS } from './asset-row.tsx';
import { type AssetSelection, allClicked, clicked, isSelected, NOTHING_SELECTED } from './asset-selection.ts';
import { ASSET_PAGE_ROWS, assetFacets, assetPage } from './queries.ts';

const words = strings.assets;
const ROW_PX = 68;

const route = getRouteApi('/inside/assets');

export function AssetsScreen() {
  const address = route.useSearch();
  const { sort = 'name', group } = address;
  const question = JSON.stringify([filterOf(address), sort]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the question is the filter, as a value
  const filter = useMemo(() => filterOf(address), [question]);
  const navigate = route.useNavigate();
  const put = (change: AssetsAddress): void =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true, resetScroll: false });
  const onFilter = (next: AssetFilterWords): void =>
    void navigate({ search: { ...next, sort: address.sort }, replace: true, resetScroll: false });
  const list = useIndexedRows(question, ASSET_PAGE_ROWS, (page) => assetPage(filter, sort, page));
  const [open, setOpen] = useState(false);
  const facets = useQuery({ ...assetFacets(filter), enabled: open || group !== undefined });
  const [selection, setSelection] = useSelection(question);
  useShortcut('r', strings.keys.refresh, list.refetch);
  useTitle(strings.screens.assets);
  const columns = useColumns(list.rows, selection, setSelection);
  const chosen = chipsOf(filter).length;
  const failed = list.pending ? null : list.error;

  return (
    <>
      <div className="ps-title">
        <h1>{strings.screens.assets}</h1>
        {list.updatedAt > 0 && <p className="ps-subtle">{words.total(list.total)}</p>}
        {list.updatedAt > 0 && (
          <Freshness at={list.updatedAt} error={list.error} loading={list.fetching} onRefresh={list.refetch} />
        )}
      </div>
      <div className="ps-tools">
        <SearchField
          label={words.searchLabel}
          value={filter.search ?? ''}
          onSearch={(search) => put({ search: search === '' ? undefined : search })}
        />
        <Action disabledReason={null} expanded={open} onAct={() => setOpen(!open)}>
          {chosen === 0 ? strings.filters.open : strings.filters.openCount(chosen)}
        </Action>
        <Select
          label={strings.filters.sort}
          value={sort}
          words={strings.filters.sorts}
          onChange={(next) => put({ sort: next === 'name' ? undefined : next })}
        />
        <Select
          label={strings.filters.group}
          value={group ?? 'none'}
          words={strings.filters.groups}
          onChange={(next) => put({ group: next === 'none' ? undefined : next })}
        />
      </div>
      <FilterChips filter={filter} onFilter={onFilter} />
      {open && <FilterPanel filter={filter} onFilter={onFilter} facets={facets.data} />}
      {list.pending && <Loading />}
      {failed !== null && list.updatedAt === 0 && <Failed error={failed} onAgain={list.refetch} />}
      {facets.isError && <Failed error={facets.error} onAgain={() => void facets.refetch()} />}
      {list.updatedAt > 0 && list.total === 0 && <NoAssets search={filter.search ?? ''} filtered={chosen > 0} />}
      {list.total > 0 && group !== undefined && (
        <AssetGroups by={group} facets={facets.data} filter={filter} onFilter={onFilter} />
      )}
      {list.total > 0 && group === undefined && (
        <Table
          label={strings.screens.assets}
          name="assets"
          columns={columns}
          rows={list.rows}
          keyOf={idOf}
          total={list.total}
          estimatePx={ROW_PX}
          settling={list.settling}
          resumes
          onSight={list.onSight}
        />
      )}
      <AssetBulk selection={selection} filter={filter} total={list.total} onSelect={setSelection} />
    </>
  );
}

/** What was chosen in one list says nothing in another. */
function useSelection(question: string): readonly [AssetSelection, (selection: AssetSelection) => void] {
  const [held, setHeld] = useState({ question, selection: NOTHING_SELECTED });
  const put = useCallback((selection: AssetSelection) => setHeld({ question, selection }), [question]);
  return [held.question === question ? held.selection : NOTHING_SELECTED, put];
}

/** The same while nothing changes of rows and selection, so that rows are not rendered while somebody scrolls. */
function useColumns(
  rows: readonly (AssetSummary | undefined)[],
  selection: AssetSelection,
  select: (selection: AssetSelection) => void,
): readonly Column<AssetSummary>[] {
  return useMemo(() => columnsOf(rows, selection, select), [rows, selection, select]);
}

function columnsOf(
  rows: readonly (AssetSummary | undefined)[],
  selection: AssetSelection,
  select: (selection: AssetSelection) => void,
): readonly Column<AssetSummary>[] {
  const loaded = rows.filter((row) => row !== undefined);
  const every = loaded.length > 0 && loaded.every(({ id }) => isSelected(selection, id));
  return [
    {
      key: 'select',
      header: strings.bulk.selectAll,
      head: (
        <input
          type="checkbox"
          aria-label={strings.bulk.selectAll}
          checked={every}
          onChange={() => select(allClicked(selection, rows))}
        />
      ),
      cell: (asset) => (
        <input
          type="checkbox"
          aria-label={strings.bulk.selectRow(asset.name)}
          checked={isSelected(selection, asset.id)}
          // The click knows whether shift is held; a change does not.
          onClick={(event) => select(clicked(selection, rows, rows.indexOf(asset), event.shiftKey))}
          readOnly
        />
      ),
    },
    ...ASSET_COLUMNS,
  ];
}

function idOf({ id }: { readonly id: string }): string {
  return id;
}

function NoAssets({ search, filtered }: { readonly search: string; readonly filtered: boolean }) {
  if (filtered) return <Empty title={strings.filters.nothing}>{strings.filters.nothingWhatToDo}</Empty>;
  if (search !== '') {
    return <Empty title={strings.list.nothingFound(search)}>{strings.list.nothingFoundWhatToDo}</Empty>;
  }
  return (
    <Empty title={words.none} action={<ButtonLink to="/enrollment">{words.toEnrollment}</ButtonLink>}>
      {words.noneWhatToDo}
    </Empty>
  );
}
