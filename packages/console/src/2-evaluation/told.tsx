import type { Told } from '@patchsteward/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ComponentType, useCallback } from 'react';
import { Filter, Filters, ReleaseFilter } from '../1-identification/fleet-filters.tsx';
import { Clock } from '../parts/clock.tsx';
import { DayField } from '../parts/day-field.tsx';
import { DangerIcon, GoodIcon, RunningIcon, WarningIcon } from '../parts/icons.ts';
import { SearchField } from '../parts/search-field.tsx';
import { Empty, Failed, Freshness, Loading } from '../parts/states.tsx';
import { type Column, LoadedSoFar, Table } from '../parts/table.tsx';
import { Tag, type Tone } from '../parts/tag.tsx';
import { useShortcut } from '../platform/keys.ts';
import { usePagedRows } from '../platform/pages.ts';
import { strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { TOLD_PAGES_MAX, type ToldAddress } from './told-address.ts';
import { toldList } from './told-queries.ts';

const words = strings.told;
const ROW_PX = 72;
const MATTERS_SHOWN_MAX = 3;
const route = getRouteApi('/inside/told');

/** Who was told of what by mail, when, and what became of it. // checklist c7 */
export function ToldScreen() {
  const { pages = 1, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useInfiniteQuery(toldList(filters));
  const onMore = useCallback(
    (more: number) => void navigate({ search: (old) => ({ ...old, pages: more }), replace: true, resetScroll: false }),
    [navigate],
  );
  const put = (change: Partial<ToldAddress>): void =>
    void navigate({ search: (old) => ({ ...old, pages: undefined, ...change }), replace: true, resetScroll: false });
  const { rows, total, loadMore } = usePagedRows(list, pages, TOLD_PAGES_MAX, onMore);
  const refresh = (): void => void list.refetch();
  useShortcut('r', strings.keys.refresh, refresh);
  useTitle(words.title);
  const page = list.data?.pages[0];

  return (
    <>
      <div className="ps-title">
        <h1>{words.title}</h1>
        {page !== undefined && <p className="ps-subtle">{words.total(total)}</p>}
        {page !== undefined && (
          <Freshness at={list.dataUpdatedAt} error={list.error} loading={list.isFetching} onRefresh={refresh} />
        )}
      </div>
      <p className="ps-lead">{words.lead}</p>
      <ToldFilters filters={filters} rows={rows} put={put} />
      {page?.hasMail === false && <p role="status">{words.noMailAtAll}</p>}
      {list.isPending && <Loading />}
      {list.data === undefined && list.isError && <Failed error={list.error} onAgain={refresh} />}
      {page !== undefined && rows.length === 0 && <NothingTold filters={filters} />}
      {rows.length > 0 && (
        <>
          <Table
            label={words.title}
            name="told"
            columns={COLUMNS}
            rows={rows}
            keyOf={idOf}
            total={total}
            estimatePx={ROW_PX}
            settling={list.isPlaceholderData}
            onNearEnd={loadMore}
          />
          <LoadedSoFar loaded={rows.length} total={total} loading={list.isFetchingNextPage} />
        </>
      )}
    </>
  );
}

interface ToldFiltersProps {
  readonly filters: ToldAddress;
  readonly rows: readonly Told[];
  readonly put: (change: Partial<ToldAddress>) => void;
}

function ToldFilters({ filters, rows, put }: ToldFiltersProps) {
  return (
    <>
      <div className="ps-tools">
        <SearchField
          label={words.searchLabel}
          value={filters.about ?? ''}
          onSearch={(about) => put({ about: about === '' ? undefined : about })}
        />
        <Link to="/account">{words.how.title}</Link>
      </div>
      <Filters>
        <ReleaseFilter
          label={words.person}
          any={words.anyPerson}
          value={filters.person}
          scopes={rows.map(({ person }) => person)}
          onChange={(person) => put({ person })}
        />
        <Filter
          label={words.kind}
          value={filters.kind}
          words={{ any: words.anyKind, ...words.kinds }}
          onChange={(kind) => put({ kind })}
        />
        <DayField label={words.since} value={filters.since} onChange={(since) => put({ since })} />
        <DayField label={words.until} value={filters.until} onChange={(until) => put({ until })} />
      </Filters>
    </>
  );
}

function NothingTold({ filters }: { readonly filters: ToldAddress }) {
  const filtered = Object.values(filters).some((value) => value !== undefined);
  if (filtered) return <Empty title={words.nothingFits}>{words.nothingFitsWhatToDo}</Empty>;
  return <Empty title={words.none}>{words.noneLead}</Empty>;
}

function idOf({ id }: Told): string {
  return id;
}

const STATES = {
  waiting: { tone: 'info', icon: RunningIcon },
  sent: { tone: 'good', icon: GoodIcon },
  bounced: { tone: 'danger', icon: DangerIcon },
  failed: { tone: 'warning', icon: WarningIcon },
} as const satisfies Record<Told['state'], { tone: Tone; icon: ComponentType }>;

const COLUMNS: readonly Column<Told>[] = [
  {
    key: 'to',
    header: words.columns.to,
    cell: ({ name, person, address }) => (
      <>
        <Link
          from="/told"
          to="/told"
          search={(old) => ({ ...old, person, pages: undefined })}
          className="ps-row-link"
          data-row-main
        >
          {name} ({person})
        </Link>
        <span className="ps-second ps-break">{address}</span>
      </>
    ),
  },
  { key: 'what', header: words.columns.what, cell: (row) => <WhatCell row={row} /> },
  { key: 'state', header: words.columns.state, cell: (row) => <StateCell row={row} /> },
  { key: 'at', header: words.columns.at, cell: ({ createdAt }) => <Clock at={createdAt} inRow /> },
];

function WhatCell({ row: { subject, matters } }: { readonly row: Told }) {
  const more = matters.length - MATTERS_SHOWN_MAX;
  return (
    <>
      {subject}
      {matters.slice(0, MATTERS_SHOWN_MAX).map((matter) => (
        <span key={`${matter.kind} ${matter.subject}`} className="ps-second ps-break">
          {words.kinds[matter.kind]}: {matter.subject}
        </span>
      ))}
      {more > 0 && <span className="ps-second">{words.moreMatters(more)}</span>}
    </>
  );
}

function StateCell({ row: { state, sentAt, answer, attempts } }: { readonly row: Told }) {
  const { tone, icon } = STATES[state];
  return (
    <>
      <Tag tone={tone} icon={icon}>
        {words.states[state]}
      </Tag>
      <span className="ps-second">
        {words.tries(attempts)}
        {sentAt !== null && (
          <>
            {' · '}
            <Clock at={sentAt} form="exact" inRow />
          </>
        )}
      </span>
      {answer !== null && <span className="ps-second ps-break">{answer}</span>}
    </>
  );
}
