import type { SeverityRow } from '@patchsteward/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { Due } from '../parts/clock.tsx';
import { CountingNote } from '../parts/counting-note.tsx';
import { ExternalIcon, GoodIcon } from '../parts/icons.ts';
import { ExploitedTag, LaneTag, SeverityMark } from '../parts/risk.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { Select } from '../parts/select.tsx';
import { Empty, Failed, Freshness, Loading } from '../parts/states.tsx';
import { type Column, LoadedSoFar, Table } from '../parts/table.tsx';
import { Tag } from '../parts/tag.tsx';
import { useShortcut } from '../platform/keys.ts';
import { usePagedRows } from '../platform/pages.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { Filters, ReleaseFilter } from './fleet-filters.tsx';
import { severityList } from './fleet-queries.ts';
import { HeldText } from './held-text.tsx';
import { PAGES_MAX } from './queries.ts';
import { SeverityDecision } from './severity-decision.tsx';

const words = strings.severities;
const ROW_PX = 84;
const NAMES_SHOWN_MAX = 4;
/** As the contract has it; the server refuses more. */
const JUDGED_AT_ONCE_MAX = 1_000;

const route = getRouteApi('/inside/unknown-severities');

/** What no source calls severe or harmless: Security says it, for many at once. // decided 19c, SOP P2.1 */
export function SeveritiesScreen() {
  const { pages = 1, state = 'unknown', ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useInfiniteQuery(severityList({ state, ...filters }));
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [deciding, setDeciding] = useState<Decision | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const onMore = useCallback(
    (more: number) => void navigate({ search: (old) => ({ ...old, pages: more }), replace: true, resetScroll: false }),
    [navigate],
  );
  const { rows, total, loadMore } = usePagedRows(list, pages, PAGES_MAX, onMore);
  const forbidden = useForbidden('security');
  const refresh = (): void => void list.refetch();
  useShortcut('r', strings.keys.refresh, refresh);
  useTitle(words.title);
  type Search = ReturnType<typeof route.useSearch>;
  const put = (change: Partial<Search>): void => {
    setPicked(new Set());
    setDeciding(null);
    setDone(null);
    void navigate({ search: (old) => ({ ...old, pages: undefined, ...change }), replace: true, resetScroll: false });
  };
  const toggle = (id: string): void => {
    setPicked((old) => (old.has(id) ? new Set([...old].filter((one) => one !== id)) : new Set([...old, id])));
  };
  const page = list.data?.pages[0];
  const stopped = forbidden ?? stoppedBy(picked.size);

  return (
    <>
      <div className="ps-title">
        <h1>{words.title}</h1>
        {page !== undefined && <p className="ps-subtle">{words.total[state](total)}</p>}
        {page !== undefined && (
          <Freshness at={list.dataUpdatedAt} error={list.error} loading={list.isFetching} onRefresh={refresh} />
        )}
      </div>
      <p className="ps-lead">{words.lead[state]}</p>
      <div className="ps-tools">
        <SearchField
          label={words.searchLabel}
          value={filters.search ?? ''}
          onSearch={(search) => put({ search: search === '' ? undefined : search })}
        />
      </div>
      <Filters>
        <Select
          label={words.state}
          value={state}
          words={words.states}
          onChange={(next) => put({ state: next === 'unknown' ? undefined : next })}
        />
        <ReleaseFilter
          label={words.source}
          any={words.anySource}
          value={filters.source}
          scopes={sourcesOf(rows)}
          onChange={(source) => put({ source })}
        />
        <ReleaseFilter
          label={words.release}
          any={words.anySource}
          value={filters.release}
          scopes={page?.scopes ?? []}
          onChange={(release) => put({ release })}
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
              setPicked(picked.size > 0 ? new Set() : new Set(rows.map(({ vulnerability }) => vulnerability)))
            }
          >
            {picked.size > 0 ? words.selectNone : words.selectAll}
          </Action>
          {DECISIONS[state].map((decision, at) => (
            <Action
              key={decision}
              variant={at === 0 ? 'primary' : 'secondary'}
              disabledReason={stopped}
              onAct={() => {
                setDeciding(decision);
                setDone(null);
              }}
              expanded={deciding === decision && picked.size > 0}
            >
              {state === 'held' && decision === 'judge' ? words.keep : words[decision]}
            </Action>
          ))}
        </div>
      )}
      {deciding !== null && picked.size > 0 && (
        <SeverityDecision
          key={deciding}
          ids={[...picked].sort()}
          decision={deciding}
          onDone={(count) => {
            setDone(DONE[deciding](count));
            setDeciding(null);
            setPicked(new Set());
          }}
          onCancel={() => setDeciding(null)}
        />
      )}
      {page !== undefined && <CountingNote since={page.countingSince} />}
      {list.isPending && <Loading />}
      {list.data === undefined && list.isError && <Failed error={list.error} onAgain={refresh} />}
      {page !== undefined && rows.length === 0 && <NothingThere state={state} filtered={isFiltered(filters)} />}
      {rows.length > 0 && (
        <Table
          label={words.title}
          name="severities"
          columns={columnsFor(picked, toggle)}
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

type Decision = 'judge' | 'follow' | 'withdraw';
/** What waits is agreed to, or Security says in its own word that it is to stay. */
const DECISIONS = { unknown: ['judge'], held: ['follow', 'judge'], judged: ['withdraw'] } as const satisfies Record<
  string,
  readonly Decision[]
>;
const DONE = { judge: words.done, follow: words.followed, withdraw: words.withdrawn } as const;

function stoppedBy(picked: number): string | null {
  if (picked === 0) return words.nothingSelected;
  return picked > JUDGED_AT_ONCE_MAX ? words.selectedMax(JUDGED_AT_ONCE_MAX) : null;
}

function sourcesOf(rows: readonly SeverityRow[]): string[] {
  return [...new Set(rows.flatMap(({ sources }) => sources))].sort();
}

function isFiltered(filters: object): boolean {
  return Object.values(filters).some((value) => value !== undefined);
}

function idOf({ vulnerability }: SeverityRow): string {
  return vulnerability;
}

function NothingThere({ state, filtered }: { readonly state: keyof typeof DECISIONS; readonly filtered: boolean }) {
  if (filtered) {
    return <Empty title={strings.fleetFindings.noneFiltered}>{strings.fleetFindings.noneFilteredWhatToDo}</Empty>;
  }
  if (state === 'held') {
    return (
      <Empty title={words.noneHeld} icon={GoodIcon} tone="good">
        {words.noneHeldWhatToDo}
      </Empty>
    );
  }
  if (state === 'judged') return <Empty title={words.noneJudged}>{words.noneJudgedWhatToDo}</Empty>;
  return (
    <Empty title={words.none} icon={GoodIcon} tone="good">
      {words.noneWhatToDo}
    </Empty>
  );
}

function columnsFor(picked: ReadonlySet<string>, toggle: (id: string) => void): readonly Column<SeverityRow>[] {
  return [
    {
      key: 'pick',
      header: words.columns.pick,
      cell: ({ vulnerability }) => (
        <input
          type="checkbox"
          aria-label={words.select(vulnerability)}
          checked={picked.has(vulnerability)}
          onChange={() => toggle(vulnerability)}
          data-row-main
        />
      ),
    },
    { key: 'name', header: words.columns.what, cell: (row) => <WhatCell row={row} /> },
    { key: 'where', header: words.columns.where, cell: (row) => <WhereCell row={row} /> },
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
    { key: 'said', header: words.columns.said, cell: (row) => <SaidCell row={row} /> },
  ];
}

function WhatCell({ row }: { readonly row: SeverityRow }) {
  const { knownExploited } = row.intelligence;
  return (
    <>
      <Link to="/exposure" search={{ id: row.vulnerability, words: 'yes' }} className="ps-row-link">
        {row.vulnerability}
      </Link>
      <span className="ps-second">
        {row.advisoryUrl !== null && /^https?:/i.test(row.advisoryUrl) ? (
          <a href={row.advisoryUrl} target="_blank" rel="noreferrer noopener">
            {row.advisory} <ExternalIcon />
            <span className="ps-unseen"> ({strings.findings.openAdvisory})</span>
          </a>
        ) : (
          row.advisory
        )}{' '}
        {row.feeds.join(', ')}
      </span>
      {knownExploited !== null && <ExploitedTag>{strings.findings.knownExploited}</ExploitedTag>}
    </>
  );
}

function WhereCell({ row }: { readonly row: SeverityRow }) {
  const more = row.sources.length - NAMES_SHOWN_MAX;
  return (
    <>
      {row.sources.slice(0, NAMES_SHOWN_MAX).join(', ')} {more > 0 && strings.fleetFindings.more(more)}
      <span className="ps-second">
        {strings.fleetFindings.assets(row.assets)} · {row.scopes.join(', ')}
      </span>
    </>
  );
}

/** The word of the person, and what sources say beside it. */
function SaidCell({ row: { intelligence } }: { readonly row: SeverityRow }) {
  const { said, severity, held } = intelligence;
  return (
    <>
      <SeverityMark severity={severity} />
      {said !== null && (
        <span className="ps-second">
          {words.saidBy(said.by)}: {said.why}
        </span>
      )}
      {said?.source !== null && said !== null && (
        <span className="ps-second">{words.sourceSays(said.source?.severity ?? '', said.source?.from ?? null)}</span>
      )}
      {said?.differs === true && <Tag tone="warning">{words.differs}</Tag>}
      {held !== undefined && (
        <span className="ps-second">
          <HeldText intelligence={intelligence} />
        </span>
      )}
    </>
  );
}
