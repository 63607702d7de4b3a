import type { FleetUpdate, UpdateGroup } from '@patchsteward/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback } from 'react';
import { Action } from '../parts/action.tsx';
import { Due } from '../parts/clock.tsx';
import { CountingNote } from '../parts/counting-note.tsx';
import { ExploitedTag, LaneTag } from '../parts/risk.tsx';
import { RowToggle } from '../parts/row-toggle.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { Empty, Failed, Freshness, Loading } from '../parts/states.tsx';
import { type Column, LoadedSoFar, Table } from '../parts/table.tsx';
import { Tag } from '../parts/tag.tsx';
import { useShortcut } from '../platform/keys.ts';
import { usePagedRows } from '../platform/pages.ts';
import { numberText, strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { Filter, Filters, ReleaseFilter } from './fleet-filters.tsx';
import { offeredTo, updateGroups, updatesOfSource } from './fleet-queries.ts';
import { PAGES_MAX } from './queries.ts';

const words = strings.fleetUpdates;
const shared = strings.fleetFindings;
const ROW_PX = 72;

const route = getRouteApi('/inside/updates');

/** What is offered to the fleet, by source package. // SOP P2.2 S2 */
export function FleetUpdatesScreen() {
  const { pages = 1, open, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useInfiniteQuery(updateGroups(filters));
  const onMore = useCallback(
    (more: number) => void navigate({ search: (old) => ({ ...old, pages: more }), replace: true, resetScroll: false }),
    [navigate],
  );
  const { rows, total, loadMore } = usePagedRows(list, pages, PAGES_MAX, onMore);
  const refresh = (): void => void list.refetch();
  useShortcut('r', strings.keys.refresh, refresh);
  useTitle(words.title);
  type Search = ReturnType<typeof route.useSearch>;
  const put = (change: Partial<Search>): void =>
    void navigate({
      search: (old) => ({ ...old, pages: undefined, open: undefined, ...change }),
      replace: true,
      resetScroll: false,
    });
  const toggle = (name: string): void =>
    void navigate({
      search: (old) => ({ ...old, open: old.open === name ? undefined : name }),
      replace: true,
      resetScroll: false,
    });
  const filtered = Object.values(filters).some((value) => value !== undefined);
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
      <div className="ps-tools">
        <SearchField
          label={words.searchLabel}
          value={filters.search ?? ''}
          onSearch={(search) => put({ search: search === '' ? undefined : search })}
        />
      </div>
      <Filters>
        <Filter label={words.kind} value={filters.kind} words={words.kinds} onChange={(kind) => put({ kind })} />
        <Filter label={shared.lane} value={filters.lane} words={shared.lanes} onChange={(lane) => put({ lane })} />
        <Filter
          label={shared.exploited}
          value={filters.exploited}
          words={shared.yesNo}
          onChange={(exploited) => put({ exploited })}
        />
        <Filter label={shared.late} value={filters.late} words={shared.yesNo} onChange={(late) => put({ late })} />
        <ReleaseFilter
          label={shared.release}
          any={shared.lanes.any}
          value={filters.release}
          scopes={page?.scopes ?? []}
          onChange={(release) => put({ release })}
        />
      </Filters>
      {page !== undefined && <CountingNote since={page.countingSince} />}
      {list.isPending && <Loading />}
      {list.data === undefined && list.isError && <Failed error={list.error} onAgain={refresh} />}
      {page !== undefined && rows.length === 0 && !filtered && <Empty title={words.none}>{words.noneWhatToDo}</Empty>}
      {page !== undefined && rows.length === 0 && filtered && (
        <Empty
          title={shared.noneFiltered}
          action={
            <Action disabledReason={null} onAct={() => void navigate({ search: {}, replace: true })}>
              {shared.clearFilters}
            </Action>
          }
        >
          {shared.noneFilteredWhatToDo}
        </Empty>
      )}
      {rows.length > 0 && (
        <Table
          label={words.title}
          name="fleet-updates"
          columns={columnsFor(open, toggle)}
          rows={rows}
          keyOf={sourceOf}
          total={total}
          estimatePx={ROW_PX}
          settling={list.isPlaceholderData}
          detail={(row) => (row.source === open ? <UpdateGroupDetail source={row.source} /> : null)}
          resumes
          onNearEnd={loadMore}
          {...(open === undefined ? {} : { selectedKey: open })}
        />
      )}
      {rows.length > 0 && <LoadedSoFar loaded={rows.length} total={total} loading={list.isFetchingNextPage} />}
    </>
  );
}

function sourceOf({ source }: UpdateGroup): string {
  return source;
}

function columnsFor(open: string | undefined, toggle: (name: string) => void): readonly Column<UpdateGroup>[] {
  return [
    {
      key: 'name',
      header: words.columns.source,
      cell: (row) => (
        <>
          <RowToggle open={row.source === open} onToggle={() => toggle(row.source)}>
            {row.source}
          </RowToggle>
          <span className="ps-second">{row.scopes.join(', ')}</span>
        </>
      ),
    },
    { key: 'versions', header: words.columns.versions, cell: (row) => <VersionsCell row={row} /> },
    {
      key: 'risk',
      header: words.columns.fixes,
      cell: (row) => (
        <>
          {row.fixes > 0 ? words.ends(row.fixes) : <span className="ps-subtle">{words.endsNothing}</span>}
          {row.knownExploited > 0 && <ExploitedTag>{strings.assets.knownExploited(row.knownExploited)}</ExploitedTag>}
        </>
      ),
    },
    {
      key: 'due',
      header: words.columns.due,
      cell: (row) => (
        <>
          {row.due !== null && <Due due={row.due} late={row.late} inRow />}
          {row.lane !== null && <LaneTag lane={row.lane} />}
        </>
      ),
    },
    { key: 'assets', header: words.columns.assets, cell: (row) => numberText(row.assets) },
  ];
}

function VersionsCell({ row }: { readonly row: UpdateGroup }) {
  const [one] = row.versions;
  return (
    <>
      {row.versions.length === 1 ? (
        <span className="ps-code">{one}</span>
      ) : (
        <span>{words.versions(row.versions.length)}</span>
      )}
      <span>
        <Tag tone={row.kind === 'security' ? 'warning' : 'plain'}>{words.kinds[row.kind]}</Tag>
      </span>
    </>
  );
}

/** Each offered version, with the assets that are offered it. */
function UpdateGroupDetail({ source }: { readonly source: string }) {
  const list = useQuery(updatesOfSource(source));
  if (list.isPending) return <Loading />;
  if (list.data === undefined) return <Failed error={list.error} onAgain={() => void list.refetch()} />;
  return (
    <div className="ps-detail">
      {list.data.items.map((update) => (
        <OfferedVersion key={`${update.scope} ${update.sourceVersion}`} update={update} />
      ))}
    </div>
  );
}

function OfferedVersion({ update }: { readonly update: FleetUpdate }) {
  const { scope, source, sourceVersion, packages, fixes, assets } = update;
  const offered = useQuery(offeredTo({ scope, source, sourceVersion }));
  return (
    <section className="ps-offered" aria-label={words.ofVersion(sourceVersion, scope)}>
      <h2 className="ps-code">{words.ofVersion(sourceVersion, scope)}</h2>
      <p className="ps-subtle">{packages.join(', ')}</p>
      {fixes.length > 0 && (
        <p className="ps-links">
          {fixes.slice(0, FIXES_SHOWN_MAX).map((id) => (
            <Link key={id} to="/exposure" search={{ id }}>
              {id}
            </Link>
          ))}
          {fixes.length > FIXES_SHOWN_MAX && <span>{shared.more(fixes.length - FIXES_SHOWN_MAX)}</span>}
        </p>
      )}
      {offered.isError && <Failed error={offered.error} onAgain={() => void offered.refetch()} />}
      <ul className="ps-lines" aria-label={words.offeredTo}>
        {offered.data?.items.map((asset) => (
          <li key={asset.id}>
            <Link to="/assets/$id" params={{ id: asset.id }} search={{ tab: 'updates' }}>
              {asset.name}
            </Link>
            <span>{words.has(asset.installed.join(', '))}</span>
            <span className="ps-subtle">{asset.owner}</span>
          </li>
        ))}
      </ul>
      {offered.data !== undefined && assets > offered.data.items.length && (
        <p className="ps-subtle">{shared.more(offered.data.total - offered.data.items.length)}</p>
      )}
    </section>
  );
}

/** Of a kernel there are hundreds. */
const FIXES_SHOWN_MAX = 12;
