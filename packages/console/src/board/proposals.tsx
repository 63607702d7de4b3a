import type { Proposal } from '@patchsteward/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Action } from '../parts/action.tsx';
import { Due } from '../parts/clock.tsx';
import { CountingNote } from '../parts/counting-note.tsx';
import { LaneTag } from '../parts/risk.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { Empty, Failed, Freshness, Loading } from '../parts/states.tsx';
import { type Column, LoadedSoFar, Table } from '../parts/table.tsx';
import { useShortcut } from '../platform/keys.ts';
import { usePagedRows } from '../platform/pages.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { OpenCampaign } from './open-campaign.tsx';
import { PAGES_MAX, proposalList } from './queries.ts';
import { useBoardAddress } from './use-board-address.ts';

const words = strings.proposals;
const ROW_PX = 96;

/** What could be opened as a campaign, the most urgent first. */
export function Proposals() {
  const { search: address, put, onMore, onSearch } = useBoardAddress();
  const { search = '', pages = 1, proposal } = address;
  const list = useInfiniteQuery(proposalList(search === '' ? undefined : search));
  const { rows, total, loadMore } = usePagedRows(list, pages, PAGES_MAX, onMore);
  const forbidden = useForbidden('operator');
  const refresh = (): void => void list.refetch();
  useShortcut('r', strings.keys.refresh, refresh);
  const asked = rows.find(({ id }) => id === proposal);

  return (
    <>
      <div className="ps-tools">
        <SearchField label={words.searchLabel} value={search} onSearch={onSearch} />
        {list.data !== undefined && (
          <>
            <span className="ps-subtle">{words.total(total)}</span>
            <Freshness at={list.dataUpdatedAt} error={list.error} loading={list.isFetching} onRefresh={refresh} />
          </>
        )}
      </div>
      <CountingNote since={list.data?.pages.at(-1)?.countingSince ?? null} />
      {list.isPending && <Loading />}
      {list.data === undefined && list.isError && <Failed error={list.error} onAgain={refresh} />}
      {list.data !== undefined && rows.length === 0 && <NoProposals search={search} />}
      {rows.length > 0 && (
        <Table
          label={strings.board.views.proposals}
          name="proposals"
          columns={columnsFor(forbidden, (id) => put({ proposal: id }))}
          rows={rows}
          keyOf={idOf}
          total={total}
          estimatePx={ROW_PX}
          settling={list.isPlaceholderData}
          onNearEnd={loadMore}
        />
      )}
      {rows.length > 0 && <LoadedSoFar loaded={rows.length} total={total} loading={list.isFetchingNextPage} />}
      {asked !== undefined && forbidden === null && (
        <OpenCampaign proposal={asked} onClose={() => put({ proposal: undefined })} />
      )}
    </>
  );
}

function idOf({ id }: Proposal): string {
  return id;
}

function NoProposals({ search }: { readonly search: string }) {
  if (search !== '') {
    return <Empty title={strings.list.nothingFound(search)}>{strings.list.nothingFoundWhatToDo}</Empty>;
  }
  return <Empty title={words.none}>{words.noneLead}</Empty>;
}

function columnsFor(forbidden: string | null, ask: (id: string) => void): readonly Column<Proposal>[] {
  return [
    {
      key: 'update',
      header: words.columns.update,
      cell: ({ title, kind, fixes, why }) => (
        <>
          <strong>{title}</strong>
          <span className="ps-second">
            {strings.updates.kind[kind]}, {fixes.length === 0 ? words.noFixes : words.fixes(fixes.length)}
          </span>
          <span className="ps-second">{why}</span>
        </>
      ),
    },
    {
      key: 'due',
      header: words.columns.due,
      cell: ({ due, late, lane }) => (
        <>
          <Due due={due} late={late} inRow />
          <LaneTag lane={lane} />
        </>
      ),
    },
    {
      key: 'scope',
      header: words.columns.scope,
      cell: ({ assets, testAssets, productionAssets }) => (
        <>
          {strings.board.assets(assets)}
          <span className="ps-second">{words.test(testAssets)}</span>
          <span className="ps-second">{words.production(productionAssets)}</span>
        </>
      ),
    },
    {
      key: 'action',
      header: words.columns.action,
      cell: ({ id, title }) => (
        <Action small disabledReason={forbidden} label={words.openOf(title)} onAct={() => ask(id)}>
          {words.open}
        </Action>
      ),
    },
  ];
}
