import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { ChoiceField } from '../parts/field.tsx';
import { CloseIcon } from '../parts/icons.ts';
import { SearchField } from '../parts/search-field.tsx';
import { Empty, Failed, Freshness, Loading } from '../parts/states.tsx';
import { TabAnchor } from '../parts/tab-anchor.tsx';
import { LoadedSoFar, Table } from '../parts/table.tsx';
import { useShortcut } from '../platform/keys.ts';
import { usePagedRows } from '../platform/pages.ts';
import { numberText, strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { Checkpoint } from './checkpoint.tsx';
import { RECORD_PAGES_MAX, type RecordFilter, recordEntries, recordState } from './queries.ts';
import { RecordDetail } from './record-proof.tsx';
import { recordColumns } from './record-row.tsx';

const words = strings.record;
const ROW_PX = 60;

const route = getRouteApi('/inside/record');
type Address = ReturnType<typeof route.useSearch>;

/** What happened, and the proof of it. // SOP P7.1 P7.2 C2 */
export function RecordScreen() {
  const address = route.useSearch();
  const state = useQuery(recordState);
  useTitle(words.title);
  return (
    <>
      <div className="ps-title">
        <h1>{words.title}</h1>
        {state.data !== undefined && (
          <Freshness
            at={state.dataUpdatedAt}
            error={state.error}
            loading={state.isFetching}
            onRefresh={() => void state.refetch()}
          />
        )}
      </div>
      <p className="ps-lead">{words.lead}</p>
      <nav className="ps-tabs" aria-label={words.tabsLabel}>
        <TabAnchor to="/record" search={{}} current={address.tab === undefined}>
          {words.tabs.entries}{' '}
          {state.data !== undefined && <span className="ps-count">{numberText(state.data.entries)}</span>}
        </TabAnchor>
        <TabAnchor to="/record" search={{ tab: 'signature' }} current={address.tab === 'signature'}>
          {words.tabs.signature}
        </TabAnchor>
      </nav>
      {address.tab === undefined ? <Entries address={address} /> : <Signature />}
    </>
  );
}

function Signature() {
  const state = useQuery(recordState);
  if (state.isPending) return <Loading />;
  if (state.data === undefined) return <Failed error={state.error} onAgain={() => void state.refetch()} />;
  return <Checkpoint state={state.data} />;
}

function Entries({ address }: { readonly address: Address }) {
  const navigate = route.useNavigate();
  const put = useCallback(
    (change: Partial<Address>) =>
      void navigate({ search: (old) => ({ ...old, ...change }), replace: true, resetScroll: false }),
    [navigate],
  );
  const list = useInfiniteQuery(recordEntries(filterOf(address)));
  const onMore = useCallback((pages: number) => put({ pages }), [put]);
  const { rows, total, loadMore } = usePagedRows(list, address.pages ?? 1, RECORD_PAGES_MAX, onMore);
  const refresh = (): void => void list.refetch();
  useShortcut('r', strings.keys.refresh, refresh);

  return (
    <>
      <Filters address={address} put={put} />
      {list.data !== undefined && (
        <p className="ps-subtle" role="status">
          {words.total(total)}
        </p>
      )}
      {list.isPending && <Loading />}
      {list.data === undefined && list.isError && <Failed error={list.error} onAgain={refresh} />}
      {list.data !== undefined && rows.length === 0 && <NoEntries filtered={isFiltered(address)} />}
      {rows.length > 0 && (
        <Table
          label={words.title}
          name="record"
          columns={recordColumns({
            open: address.entry,
            toggle: ({ id }) => put({ entry: id === address.entry ? undefined : id }),
            only: (filter) => put({ ...filter, pages: undefined, entry: undefined }),
          })}
          rows={rows}
          keyOf={idOf}
          total={total}
          estimatePx={ROW_PX}
          settling={list.isPlaceholderData}
          detail={(entry) => (entry.id === address.entry ? <RecordDetail entry={entry} /> : null)}
          onNearEnd={loadMore}
          {...(address.entry === undefined ? {} : { selectedKey: address.entry })}
        />
      )}
      {rows.length > 0 && <LoadedSoFar loaded={rows.length} total={total} loading={list.isFetchingNextPage} />}
    </>
  );
}

function idOf({ id }: { readonly id: string }): string {
  return id;
}

function filterOf({ search, kind, actor, subject, campaign }: Address): RecordFilter {
  return { search, kind, actor, subject, campaign };
}

function isFiltered(address: Address): boolean {
  return Object.values(filterOf(address)).some((each) => each !== undefined);
}

interface FiltersProps {
  readonly address: Address;
  readonly put: (change: Partial<Address>) => void;
}

function Filters({ address, put }: FiltersProps) {
  const fresh = { pages: undefined, entry: undefined };
  return (
    <>
      <div className="ps-tools ps-record-filters">
        <SearchField
          label={words.searchLabel}
          value={address.search ?? ''}
          onSearch={(search) => put({ ...fresh, search: search === '' ? undefined : search })}
        />
        <ChoiceField
          label={words.stream}
          value={address.kind ?? 'all'}
          words={words.streams}
          onChange={(kind) => put({ ...fresh, kind: kind === 'all' ? undefined : kind })}
        />
      </div>
      <ul className="ps-chips" aria-label={words.filters}>
        {(['actor', 'subject', 'campaign'] as const).map((name) => {
          const value = address[name];
          if (value === undefined) return null;
          const text = `${words.filter[name]} ${value}`;
          return (
            <li key={name}>
              {text}
              <button
                type="button"
                aria-label={words.removeFilter(text)}
                onClick={() => put({ ...fresh, [name]: undefined })}
              >
                <CloseIcon />
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function NoEntries({ filtered }: { readonly filtered: boolean }) {
  if (filtered) return <Empty title={words.nothingFits}>{words.nothingFitsWhatToDo}</Empty>;
  return <Empty title={words.none}>{words.noneLead}</Empty>;
}
