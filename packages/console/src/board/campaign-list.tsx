import type { CampaignSummary } from '@patchsteward/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { AddressLink } from '../parts/address-link.tsx';
import { Clock, Due } from '../parts/clock.tsx';
import { CannotBeMetTag, LaneTag } from '../parts/risk.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { Empty, Failed, Freshness, Loading } from '../parts/states.tsx';
import { type Column, LoadedSoFar, Table } from '../parts/table.tsx';
import { useShortcut } from '../platform/keys.ts';
import { usePagedRows } from '../platform/pages.ts';
import { numberText, strings } from '../platform/strings.ts';
import { allCampaigns, PAGES_MAX } from './queries.ts';
import { useBoardAddress } from './use-board-address.ts';
import { VerdictMark } from './verdict-mark.tsx';

const words = strings.board;
const ROW_PX = 88;

/** Every campaign there ever was: open ones first, then the newest. */
export function CampaignList() {
  const { search: address, onMore, onSearch } = useBoardAddress();
  const { search = '', pages = 1 } = address;
  const list = useInfiniteQuery(allCampaigns(search === '' ? undefined : search));
  const { rows, total, loadMore } = usePagedRows(list, pages, PAGES_MAX, onMore);
  const refresh = (): void => void list.refetch();
  useShortcut('r', strings.keys.refresh, refresh);

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
      {list.isPending && <Loading />}
      {list.data === undefined && list.isError && <Failed error={list.error} onAgain={refresh} />}
      {list.data !== undefined && rows.length === 0 && <NoCampaigns search={search} />}
      {rows.length > 0 && (
        <Table
          label={words.views.list}
          name="campaigns"
          columns={COLUMNS}
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

function NoCampaigns({ search }: { readonly search: string }) {
  if (search !== '') {
    return <Empty title={strings.list.nothingFound(search)}>{strings.list.nothingFoundWhatToDo}</Empty>;
  }
  return <Empty title={words.neverAny}>{words.noneWhatToDo}</Empty>;
}

const COLUMNS: readonly Column<CampaignSummary>[] = [
  {
    key: 'campaign',
    header: words.columns.campaign,
    cell: ({ id, title, sentence }) => (
      <>
        <AddressLink to={`/campaigns/${id}`} className="ps-row-link" data-row-main>
          {title}
        </AddressLink>
        <span className="ps-second">{sentence}</span>
      </>
    ),
  },
  {
    key: 'stands',
    header: words.columns.stands,
    cell: ({ room, state, verdict }) => (
      <>
        <span>{roomName(room)}</span>
        <span className="ps-second">{state}</span>
        <VerdictMark verdict={verdict} />
      </>
    ),
  },
  {
    key: 'due',
    header: words.columns.due,
    cell: ({ due, late, cannotBeMet, ended, lane }) => (
      <>
        {due !== null && (ended ? <Clock at={due} form="exact" inRow /> : <Due due={due} late={late} inRow />)}
        {lane !== null && <LaneTag lane={lane} />}
        {cannotBeMet && <CannotBeMetTag />}
      </>
    ),
  },
  {
    key: 'assets',
    header: words.columns.assets,
    cell: ({ assets, requester }) => (
      <>
        {numberText(assets)}
        <span className="ps-second">{words.requester(requester)}</span>
      </>
    ),
  },
  {
    key: 'updated',
    header: words.columns.updated,
    cell: ({ updatedAt }) => <Clock at={updatedAt} form="relative" inRow />,
  },
];

/** A room this console does not know yet keeps its own word. */
function roomName(room: string): string {
  return room in words.rooms ? words.rooms[room as keyof typeof words.rooms] : room; // `in` does not narrow a text.
}
