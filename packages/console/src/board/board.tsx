import { useQuery } from '@tanstack/react-query';
import { Action } from '../parts/action.tsx';
import { AddressLink } from '../parts/address-link.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { Select } from '../parts/select.tsx';
import { Empty, Failed, Freshness, Loading } from '../parts/states.tsx';
import { useShortcut } from '../platform/keys.ts';
import { useSession } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { filtered } from './board-filter.ts';
import { openCampaigns } from './queries.ts';
import { Rooms } from './rooms.tsx';
import { useBoardAddress } from './use-board-address.ts';

const words = strings.board;

export function Board() {
  const { search: address, put, onSearch } = useBoardAddress();
  const { search = '', lane, only } = address;
  const list = useQuery(openCampaigns(search === '' ? undefined : search));
  const person = useSession()?.person ?? null;
  const refresh = (): void => void list.refetch();
  useShortcut('r', strings.keys.refresh, refresh);
  const { items = [], total = 0 } = list.data ?? {};
  const shown = filtered(items, { lane, only }, person);

  return (
    <>
      <div className="ps-tools">
        <SearchField label={words.searchLabel} value={search} onSearch={onSearch} />
        <Select
          label={words.laneLabel}
          value={lane ?? 'all'}
          words={words.lanes}
          onChange={(word) => put({ lane: word === 'all' ? undefined : word })}
        />
        <Select
          label={words.onlyLabel}
          value={only ?? 'all'}
          words={words.only}
          onChange={(word) => put({ only: word === 'all' ? undefined : word })}
        />
        {list.data !== undefined && (
          <>
            <span className="ps-subtle" role="status">
              {shown.length === total ? words.total(total) : words.shownOf(shown.length, total)}
            </span>
            <Freshness at={list.dataUpdatedAt} error={list.error} loading={list.isFetching} onRefresh={refresh} />
          </>
        )}
      </div>
      {total > items.length && <p className="ps-subtle">{words.notAll(items.length)}</p>}
      {list.isPending && <Loading />}
      {list.data === undefined && list.isError && <Failed error={list.error} onAgain={refresh} />}
      {shown.length > 0 && <Rooms campaigns={shown} settling={list.isPlaceholderData} />}
      {list.data !== undefined && shown.length === 0 && (
        <NoCampaigns search={search} some={items.length > 0} onAll={() => put({ lane: undefined, only: undefined })} />
      )}
    </>
  );
}

interface NoCampaignsProps {
  readonly search: string;
  /** There are campaigns, and the filters show none of them. */
  readonly some: boolean;
  readonly onAll: () => void;
}

function NoCampaigns({ search, some, onAll }: NoCampaignsProps) {
  if (some) {
    return (
      <Empty
        title={words.noneMatches}
        action={
          <Action disabledReason={null} onAct={onAll}>
            {words.showAll}
          </Action>
        }
      >
        {words.noneMatchesWhatToDo}
      </Empty>
    );
  }
  if (search !== '') {
    return <Empty title={strings.list.nothingFound(search)}>{strings.list.nothingFoundWhatToDo}</Empty>;
  }
  return (
    <Empty
      title={words.none}
      action={<AddressLink to="/campaigns?view=proposals">{strings.overview.toProposals}</AddressLink>}
    >
      {words.noneWhatToDo}
    </Empty>
  );
}
