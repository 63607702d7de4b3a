import type { Announcement, AnnouncementPage } from '@patchsteward/contract';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { AddressLink } from '../parts/address-link.tsx';
import { Clock } from '../parts/clock.tsx';
import { GoodIcon } from '../parts/icons.ts';
import { SearchField } from '../parts/search-field.tsx';
import { Select } from '../parts/select.tsx';
import { Empty, Failed, Freshness, Loading } from '../parts/states.tsx';
import { type Column, LoadedSoFar, Table } from '../parts/table.tsx';
import { Tag } from '../parts/tag.tsx';
import { call } from '../platform/client.ts';
import { useShortcut } from '../platform/keys.ts';
import { usePagedRows } from '../platform/pages.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { announcementList } from './announcement-queries.ts';
import { Filters } from './fleet-filters.tsx';
import { PAGES_MAX } from './queries.ts';
import { WhyAct } from './why-act.tsx';

const words = strings.announcements;
const ROW_PX = 84;
/** As the contract has it; the server refuses more. */
const DISMISSED_AT_ONCE_MAX = 500;
const NOBODY = '';

const route = getRouteApi('/inside/announcements');

/** What vendors wrote and nobody here has read yet. // SOP P1.1, checklist c7 */
export function AnnouncementsScreen() {
  const { pages = 1, state = 'waiting', feed, search } = route.useSearch();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const list = useInfiniteQuery(announcementList({ state, feed, search }));
  const [picked, setPicked] = useState<ReadonlyMap<string, number>>(new Map());
  const [dismissing, setDismissing] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const onMore = useCallback(
    (more: number) => void navigate({ search: (old) => ({ ...old, pages: more }), replace: true, resetScroll: false }),
    [navigate],
  );
  const { rows, total, loadMore } = usePagedRows(list, pages, PAGES_MAX, onMore);
  const forbidden = useForbidden('triager');
  const refresh = (): void => void list.refetch();
  useShortcut('r', strings.keys.refresh, refresh);
  useTitle(words.title);
  const dismiss = useMutation({
    mutationFn: (why: string) =>
      call('announcement.dismiss', {
        body: { announcements: [...picked].map(([id, revision]) => ({ id, revision })), why },
      }),
    onSuccess: ({ dismissed }) => {
      setDone(words.dismissed(dismissed));
      setDismissing(false);
      setPicked(new Map());
    },
    // Whatever came of it, every list may say something else now.
    onSettled: () => queries.invalidateQueries(),
  });
  type Search = ReturnType<typeof route.useSearch>;
  const put = (change: Partial<Search>): void => {
    setPicked(new Map());
    setDismissing(false);
    setDone(null);
    void navigate({ search: (old) => ({ ...old, pages: undefined, ...change }), replace: true, resetScroll: false });
  };
  const page = list.data?.pages[0];
  const stopped = forbidden ?? stoppedBy(state, picked.size);

  return (
    <>
      <div className="ps-title">
        <h1>{words.title}</h1>
        {page !== undefined && <p className="ps-subtle">{words.total[state](total)}</p>}
        {page !== undefined && (
          <Freshness at={list.dataUpdatedAt} error={list.error} loading={list.isFetching} onRefresh={refresh} />
        )}
      </div>
      <p className="ps-lead">{words.lead}</p>
      <div className="ps-tools">
        <SearchField
          label={words.searchLabel}
          value={search ?? ''}
          onSearch={(next) => put({ search: next === '' ? undefined : next })}
        />
      </div>
      <Filters>
        <Select
          label={words.state}
          value={state}
          words={words.states}
          onChange={(next) => put({ state: next === 'waiting' ? undefined : next })}
        />
        <Select
          label={words.feed}
          value={feed ?? NOBODY}
          words={feedWords(page?.feeds ?? [])}
          onChange={(next) => put({ feed: next === NOBODY ? undefined : next })}
        />
      </Filters>
      {done !== null && (
        <div className="ps-done" role="status">
          <GoodIcon />
          <p>{done}</p>
        </div>
      )}
      {rows.length > 0 && (
        <div className="ps-tools ps-selection">
          <p role="status">{words.selected(picked.size)}</p>
          <Action
            variant="link"
            disabledReason={null}
            onAct={() =>
              setPicked(picked.size > 0 ? new Map() : new Map(rows.map(({ id, revision }) => [id, revision])))
            }
          >
            {picked.size > 0 ? words.selectNone : words.selectAll}
          </Action>
          <Action
            variant="primary"
            disabledReason={stopped}
            onAct={() => {
              setDismissing(true);
              setDone(null);
            }}
            expanded={dismissing && picked.size > 0}
          >
            {words.dismiss}
          </Action>
        </div>
      )}
      {dismissing && picked.size > 0 && (
        <WhyAct
          title={words.dismissTitle(picked.size)}
          act={words.dismiss}
          busy={dismiss.isPending ? words.dismissing : null}
          error={dismiss.error}
          onAct={(why) => dismiss.mutate(why)}
          onCancel={() => setDismissing(false)}
        />
      )}
      {list.isPending && <Loading />}
      {list.data === undefined && list.isError && <Failed error={list.error} onAgain={refresh} />}
      {page !== undefined && rows.length === 0 && (
        <NothingThere page={page} state={state} filtered={feed !== undefined || search !== undefined} />
      )}
      {rows.length > 0 && (
        <Table
          label={words.title}
          name="announcements"
          columns={columnsFor(picked, setPicked)}
          rows={rows}
          keyOf={idOf}
          total={total}
          estimatePx={ROW_PX}
          settling={list.isPlaceholderData}
          onNearEnd={loadMore}
        />
      )}
      {rows.length > 0 && <LoadedSoFar loaded={rows.length} total={total} loading={list.isFetchingNextPage} />}
    </>
  );
}

function stoppedBy(state: 'waiting' | 'claimed' | 'dismissed' | 'all', picked: number): string | null {
  if (state !== 'waiting') return words.onlyWaiting;
  if (picked === 0) return words.nothingSelected;
  return picked > DISMISSED_AT_ONCE_MAX ? words.selectedMax(DISMISSED_AT_ONCE_MAX) : null;
}

function feedWords(feeds: AnnouncementPage['feeds']): Readonly<Record<string, string>> {
  return { [NOBODY]: words.anyFeed, ...Object.fromEntries(feeds.map(({ feed, vendor }) => [feed, vendor])) };
}

function idOf({ id }: Announcement): string {
  return id;
}

interface NothingProps {
  readonly page: AnnouncementPage;
  readonly state: 'waiting' | 'claimed' | 'dismissed' | 'all';
  readonly filtered: boolean;
}

function NothingThere({ page, state, filtered }: NothingProps) {
  if (page.feeds.length === 0) {
    return (
      <Empty title={words.noFeed} action={<AddressLink to="/feeds">{words.toFeeds}</AddressLink>}>
        {words.noFeedWhatToDo}
      </Empty>
    );
  }
  if (filtered) return <Empty title={words.noneFiltered}>{words.noneFilteredWhatToDo}</Empty>;
  if (state !== 'waiting') return <Empty title={words.noneOther}>{words.noneOtherWhatToDo}</Empty>;
  return (
    <Empty title={words.none} icon={GoodIcon} tone="good">
      {words.noneWhatToDo}
    </Empty>
  );
}

function columnsFor(
  picked: ReadonlyMap<string, number>,
  put: (picked: ReadonlyMap<string, number>) => void,
): readonly Column<Announcement>[] {
  return [
    {
      key: 'pick',
      header: words.columns.pick,
      cell: ({ id, revision }) => (
        <input
          type="checkbox"
          aria-label={words.select(id)}
          checked={picked.has(id)}
          onChange={() => put(toggled(picked, id, revision))}
        />
      ),
    },
    { key: 'name', header: words.columns.what, cell: (row) => <WhatCell row={row} /> },
    { key: 'vendor', header: words.columns.vendor, cell: ({ vendor }) => vendor },
    {
      key: 'when',
      header: words.columns.when,
      cell: ({ published, seenAt }) => <Clock at={published ?? seenAt} inRow />,
    },
    {
      key: 'made',
      header: words.columns.made,
      cell: ({ state, triage }) => (triage === null ? words.stateOf[state] : words.by(triage.kind, triage.by)),
    },
  ];
}

function toggled(picked: ReadonlyMap<string, number>, id: string, revision: number): ReadonlyMap<string, number> {
  const next = new Map(picked);
  if (!next.delete(id)) next.set(id, revision);
  return next;
}

function WhatCell({ row }: { readonly row: Announcement }) {
  return (
    <>
      <Link to="/announcements/$id" params={{ id: row.id }} className="ps-row-link" data-row-main>
        {row.title}
      </Link>
      <span className="ps-second">{row.id}</span>
      {row.changed && <Tag tone="warning">{words.changed}</Tag>}
    </>
  );
}
