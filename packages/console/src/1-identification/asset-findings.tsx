import type { Asset, AssetFindings as AssetFindingsPage, FindingBody } from '@patchsteward/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { Action } from '../parts/action.tsx';
import { ButtonLink } from '../parts/button-link.tsx';
import { GoodIcon, NotJudgedIcon } from '../parts/icons.ts';
import { Reason } from '../parts/reason.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { usePagedRows } from '../platform/pages.ts';
import { strings } from '../platform/strings.ts';
import { FindingDetail } from './finding-detail.tsx';
import {
  type FindingRow,
  findingKey,
  groupFindings,
  pairsOf,
  rowKey,
  rowsOf,
  vulnerabilitiesOf,
} from './finding-groups.ts';
import { DueCell, RiskCell, VersionCell, WhatCell } from './finding-row.tsx';
import { allOrNone, openGroups, toggled } from './open-groups.ts';
import { assetFindings, FINDINGS_PAGES_MAX } from './queries.ts';
import { useAssetAddress } from './use-asset-address.ts';

const words = strings.findings;
const ROW_PX = 64;

/** What this asset is affected by, by source package, most urgent first. */
export function AssetFindings({ asset }: { readonly asset: Asset }) {
  if (asset.judged.kind === 'not-judged') {
    return (
      <Empty
        title={words.notJudged}
        icon={NotJudgedIcon}
        tone="warning"
        action={<ButtonLink to="/feeds">{words.toFeeds}</ButtonLink>}
      >
        <p>{words.notJudgedLead}</p>
        <Reason reason={asset.judged.reason} />
      </Empty>
    );
  }
  if (asset.packages === null) {
    return <Empty title={strings.asset.notReported}>{strings.asset.notReportedWhatToDo}</Empty>;
  }
  return <JudgedFindings asset={asset} />;
}

function JudgedFindings({ asset }: { readonly asset: Asset }) {
  const { search: address, put, onSearch } = useAssetAddress();
  const { search = '', open, item } = address;
  const list = useInfiniteQuery(assetFindings(asset.id, search === '' ? undefined : search));
  // Groups need all of their findings, so that every page is loaded, one after the other.
  const { rows: findings, total } = usePagedRows(list, FINDINGS_PAGES_MAX, FINDINGS_PAGES_MAX, noMore);
  const groups = useMemo(() => groupFindings(findings), [findings]);
  const isOpen = useMemo(() => openGroups(open, search !== ''), [open, search]);
  const itemSource = item?.split('@')[1];
  const rows = useMemo(
    () => rowsOf(groups, (group) => isOpen(group.source) || group.source === itemSource),
    [groups, isOpen, itemSource],
  );

  if (list.isPending) return <Loading />;
  if (list.data === undefined) return <Failed error={list.error} onAgain={() => void list.refetch()} />;

  const columns = columnsFor({
    item,
    toggleGroup: (source) =>
      put({ open: toggled(groups, isOpen, source), ...(itemSource === source ? { item: undefined } : {}) }),
    toggleFinding: (finding) => put({ item: findingKey(finding) === item ? undefined : findingKey(finding) }),
  });
  const anyOpen = rows.length > groups.length;
  const [leftOut = NOTHING_LEFT_OUT] = list.data.pages;
  const { unjudgedPackages } = leftOut;
  if (total === 0 && search === '') {
    const sure = unjudgedPackages === 0;
    return (
      <Empty title={words.none} {...(sure ? { icon: GoodIcon, tone: 'good' } : {})}>
        <p>{sure ? words.noneLead : words.noneOfJudgedLead}</p>
        <LeftOut {...leftOut} />
      </Empty>
    );
  }

  return (
    <>
      <div className="ps-tools">
        <SearchField label={words.searchLabel} value={search} onSearch={onSearch} />
        <Action variant="link" disabledReason={null} onAct={() => put({ open: allOrNone(!anyOpen), item: undefined })}>
          {anyOpen ? words.closeAll : words.openAll}
        </Action>
        <p className="ps-subtle ps-summary" role="status">
          {findings.length < total
            ? words.counting(findings.length, total)
            : words.summary(vulnerabilitiesOf(findings), groups.length, pairsOf(findings))}
        </p>
      </div>
      <p className="ps-links">
        <Link to="/exceptions/new" search={{ asset: asset.id }}>
          {strings.exceptions.ask.open}
        </Link>
        <Link to="/exceptions" search={{ asset: asset.id }}>
          {words.exceptionsHere}
        </Link>
      </p>
      <LeftOut {...leftOut} />
      {list.isError && <Failed error={list.error} onAgain={() => void list.fetchNextPage()} />}
      {rows.length === 0 ? (
        <Empty title={strings.list.nothingFound(search)}>{strings.list.nothingFoundWhatToDo}</Empty>
      ) : (
        <Table
          label={strings.asset.tabs.findings}
          name="findings"
          columns={columns}
          rows={rows}
          keyOf={rowKey}
          total={rows.length}
          estimatePx={ROW_PX}
          settling={list.isPlaceholderData}
          classOf={(row) => (row.kind === 'group' ? 'ps-group' : 'ps-in-group')}
          detail={(row) =>
            row.kind === 'finding' && findingKey(row.finding) === item ? (
              <FindingDetail finding={row.finding} asset={asset.id} />
            ) : null
          }
          {...(item === undefined ? {} : { selectedKey: item })}
        />
      )}
    </>
  );
}

const NOTHING_LEFT_OUT: LeftOutOfList = {
  ...{ unjudgedPackages: 0, notCovered: [], contested: 0 },
  ...{ unsupported: [], unsupportedTotal: 0 },
};
type LeftOutOfList = Pick<
  AssetFindingsPage,
  'unjudgedPackages' | 'notCovered' | 'contested' | 'unsupported' | 'unsupportedTotal'
>;

/** What the list does not say; an empty list is only as good as what was looked at. */
function LeftOut({ unjudgedPackages, notCovered, contested, unsupported, unsupportedTotal }: LeftOutOfList) {
  if (unjudgedPackages === 0 && contested === 0 && unsupportedTotal === 0) return null;
  return (
    <ul className="ps-left-out">
      {unjudgedPackages > 0 && <li>{words.unjudgedPackages(unjudgedPackages)}</li>}
      {notCovered.length > 0 && <li>{words.notCovered(notCovered)}</li>}
      {contested > 0 && <li>{words.contested(contested)}</li>}
      {unsupported.map(({ package: name, version, state, until, why }) => (
        <li key={`${name} ${version}`}>
          {words.unsupported(`${name} ${version}`, words.unsupportedState[state], until, why)}
        </li>
      ))}
      {unsupportedTotal > unsupported.length && <li>{words.unsupportedMore(unsupportedTotal - unsupported.length)}</li>}
    </ul>
  );
}

interface Toggles {
  readonly item: string | undefined;
  readonly toggleGroup: (source: string) => void;
  readonly toggleFinding: (finding: FindingBody) => void;
}

function columnsFor(toggles: Toggles): readonly Column<FindingRow>[] {
  return [
    { key: 'what', header: words.columns.what, cell: (row) => <WhatCell row={row} {...toggles} /> },
    { key: 'version', header: words.columns.version, cell: (row) => <VersionCell row={row} /> },
    { key: 'risk', header: words.columns.risk, cell: (row) => <RiskCell row={row} /> },
    { key: 'due', header: words.columns.due, cell: (row) => <DueCell row={row} /> },
  ];
}

/** Every page is loaded by itself; there is nothing to write to the address. */
function noMore(): void {}
