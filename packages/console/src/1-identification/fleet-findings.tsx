import type { FindingGroup, FindingGroupPage } from '@patchsteward/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { Action } from '../parts/action.tsx';
import { Clock, Due } from '../parts/clock.tsx';
import { CountingNote } from '../parts/counting-note.tsx';
import { GoodIcon, NotJudgedIcon, WarningIcon } from '../parts/icons.ts';
import { ExploitedTag, LaneTag, SeverityMark } from '../parts/risk.tsx';
import { RowToggle } from '../parts/row-toggle.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { Select } from '../parts/select.tsx';
import { Empty, Failed, Freshness, Loading } from '../parts/states.tsx';
import { type Column, LoadedSoFar, Table } from '../parts/table.tsx';
import { Tag } from '../parts/tag.tsx';
import { useShortcut } from '../platform/keys.ts';
import { usePagedRows } from '../platform/pages.ts';
import { numberText, strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { Filter, Filters, ReleaseFilter } from './fleet-filters.tsx';
import { FindingGroupDetail } from './fleet-finding-detail.tsx';
import { findingGroups } from './fleet-queries.ts';
import { percent } from './percent.ts';
import { PAGES_MAX } from './queries.ts';

const words = strings.fleetFindings;
const ROW_PX = 72;
/** Names shown below a row's own; the rest is a number. */
const NAMES_SHOWN_MAX = 3;

const route = getRouteApi('/inside/findings');

/** What the fleet is affected by: one row for each vulnerability, or for each source package. // SOP P2.2 */
export function FleetFindingsScreen() {
  const { pages = 1, open, by = 'vulnerability', ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useInfiniteQuery(findingGroups({ by, ...filters }));
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
        {page !== undefined && <p className="ps-subtle">{words.total[by](total)}</p>}
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
        <Select
          label={words.by}
          value={by}
          words={words.bys}
          onChange={(next) => put({ by: next === 'source' ? next : undefined })}
        />
        <Filter label={words.lane} value={filters.lane} words={words.lanes} onChange={(lane) => put({ lane })} />
        <Filter
          label={words.severity}
          value={filters.severity}
          words={words.severities}
          onChange={(severity) => put({ severity })}
        />
        <Filter
          label={words.exploited}
          value={filters.exploited}
          words={words.yesNo}
          onChange={(exploited) => put({ exploited })}
        />
        <Filter label={words.late} value={filters.late} words={words.yesNo} onChange={(late) => put({ late })} />
        <Filter label={words.fix} value={filters.fix} words={words.fixes} onChange={(fix) => put({ fix })} />
        <ReleaseFilter
          label={words.release}
          any={words.lanes.any}
          value={filters.release}
          scopes={page?.scopes ?? []}
          onChange={(release) => put({ release })}
        />
        <Filter
          label={words.environment}
          value={filters.environment}
          words={words.environments}
          onChange={(environment) => put({ environment })}
        />
      </Filters>
      {page !== undefined && <NotJudgedNote page={page} />}
      {page !== undefined && <CountingNote since={page.countingSince} />}
      {page !== undefined && <IdleNote idle={page.idle} />}
      {list.isPending && <Loading />}
      {list.data === undefined && list.isError && <Failed error={list.error} onAgain={refresh} />}
      {page !== undefined && rows.length === 0 && (
        <NoFindings
          page={page}
          filtered={filtered}
          onClear={() => void navigate({ search: by === 'source' ? { by } : {}, replace: true })}
        />
      )}
      {rows.length > 0 && (
        <Table
          label={words.title}
          name="fleet-findings"
          columns={columnsFor(by, open, toggle)}
          rows={rows}
          keyOf={nameOf}
          total={total}
          estimatePx={ROW_PX}
          settling={list.isPlaceholderData}
          detail={(row) => (row.name === open ? <FindingGroupDetail by={by} group={row} /> : null)}
          resumes
          onNearEnd={loadMore}
          {...(open === undefined ? {} : { selectedKey: open })}
        />
      )}
      {rows.length > 0 && <LoadedSoFar loaded={rows.length} total={total} loading={list.isFetchingNextPage} />}
    </>
  );
}

function nameOf({ name }: FindingGroup): string {
  return name;
}

/** What the list does not say; a short list is only as good as what was looked at. */
function NotJudgedNote({ page }: { readonly page: FindingGroupPage }) {
  if (page.assetsNotJudged + page.assetsPartlyJudged === 0 && page.countedAt === null) return null;
  return (
    <p className="ps-left-out-note">
      {page.assetsNotJudged > 0 && (
        <span className="ps-warn">
          <WarningIcon /> {words.notJudged(page.assetsNotJudged)}{' '}
        </span>
      )}
      {page.assetsPartlyJudged > 0 && (
        <span className="ps-warn">
          <WarningIcon /> {words.partlyJudged(page.assetsPartlyJudged)}{' '}
        </span>
      )}
      {page.countedAt !== null && (
        <span className="ps-subtle">
          {words.counted} <Clock at={page.countedAt} form="relative" />
        </span>
      )}
    </p>
  );
}

/** Kernels read most: a vulnerability of one is in its headers, too, and in kernels that nobody boots. */
const IDLE_SHOWN_MAX = 5;

/** What hosts have of kernels and do not run, in one line each. */
function IdleNote({ idle }: Pick<FindingGroupPage, 'idle'>) {
  if (idle.length === 0) return null;
  const more = idle.length - IDLE_SHOWN_MAX;
  return (
    <p className="ps-left-out-note ps-subtle">
      {idle
        .slice(0, IDLE_SHOWN_MAX)
        .map(({ source, scope, assets, vulnerabilities }) => words.idle(source, scope, vulnerabilities, assets))
        .join(' ')}
      {more > 0 && ` ${words.more(more)}.`}
    </p>
  );
}

interface NoFindingsProps {
  readonly page: FindingGroupPage;
  readonly filtered: boolean;
  readonly onClear: () => void;
}

function NoFindings({ page, filtered, onClear }: NoFindingsProps) {
  if (filtered) {
    return (
      <Empty
        title={words.noneFiltered}
        action={
          <Action disabledReason={null} onAct={onClear}>
            {words.clearFilters}
          </Action>
        }
      >
        {words.noneFilteredWhatToDo}
      </Empty>
    );
  }
  const sure =
    page.assetsNotJudged + page.assetsPartlyJudged === 0 && page.scopes.length > 0 && page.countingSince === null;
  return sure ? (
    <Empty title={words.none} icon={GoodIcon} tone="good">
      {words.noneWhatToDo}
    </Empty>
  ) : (
    <Empty title={words.noneOfJudged} icon={NotJudgedIcon} tone="warning">
      {words.noneWhatToDo}
    </Empty>
  );
}

function columnsFor(
  by: 'vulnerability' | 'source',
  open: string | undefined,
  toggle: (name: string) => void,
): readonly Column<FindingGroup>[] {
  return [
    {
      key: 'name',
      header: words.columns.name,
      cell: (row) => (
        <>
          <RowToggle open={row.name === open} onToggle={() => toggle(row.name)}>
            {row.name}
          </RowToggle>
          <span className="ps-second">
            {by === 'source' ? words.vulnerabilities(row.vulnerabilities) : namesText(row.sources)} ·{' '}
            {namesText(row.scopes)}
          </span>
        </>
      ),
    },
    { key: 'risk', header: words.columns.risk, cell: (row) => <RiskCell row={row} /> },
    {
      key: 'due',
      header: words.columns.due,
      cell: (row) => (
        <>
          <Due due={row.due} late={row.late} inRow />
          <LaneTag lane={row.lane} />
        </>
      ),
    },
    { key: 'assets', header: words.columns.assets, cell: (row) => <AssetsCell row={row} /> },
    { key: 'fix', header: words.columns.fix, cell: (row) => <FixCell row={row} /> },
  ];
}

function namesText(names: readonly string[]): string {
  if (names.length <= NAMES_SHOWN_MAX) return names.join(', ');
  return `${names.slice(0, NAMES_SHOWN_MAX).join(', ')} ${words.more(names.length - NAMES_SHOWN_MAX)}`;
}

function RiskCell({ row }: { readonly row: FindingGroup }) {
  return (
    <>
      <SeverityMark severity={row.severity} />
      {row.knownExploited && <ExploitedTag>{strings.findings.knownExploited}</ExploitedTag>}
      {row.epss > 0 && <span className="ps-second">{words.epss(percent(row.epss))}</span>}
    </>
  );
}

function AssetsCell({ row: { assets, answered } }: { readonly row: FindingGroup }) {
  return (
    <>
      {numberText(assets)}
      {answered > 0 && <span className="ps-second">{words.answered(answered)}</span>}
    </>
  );
}

function FixCell({ row: { assets, fixes, offeredOn } }: { readonly row: FindingGroup }) {
  const [one] = fixes;
  if (one === undefined) return null;
  if (fixes.includes('offered') && offeredOn !== null && offeredOn < assets)
    return <Tag tone="warning">{words.offeredOn(offeredOn, assets)}</Tag>;
  if (fixes.length > 1) {
    return fixes.includes('offered') ? (
      <Tag tone="warning">{words.partly}</Tag>
    ) : (
      <Tag tone="warning">{words.fixWords['not-offered']}</Tag>
    );
  }
  return <Tag tone={one === 'offered' ? 'good' : 'warning'}>{words.fixWords[one]}</Tag>;
}
