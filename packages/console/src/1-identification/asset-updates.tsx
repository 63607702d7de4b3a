import type { Asset, UpdateBody } from '@patchsteward/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Due } from '../parts/clock.tsx';
import { GoodIcon, HeldIcon, PhasedIcon } from '../parts/icons.ts';
import { Reasons } from '../parts/reason.tsx';
import { LaneTag } from '../parts/risk.tsx';
import { RowToggle } from '../parts/row-toggle.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { type Column, LoadedSoFar, Table } from '../parts/table.tsx';
import { Tag, type Tone } from '../parts/tag.tsx';
import { VersionChange } from '../parts/version-change.tsx';
import { usePagedRows } from '../platform/pages.ts';
import { strings } from '../platform/strings.ts';
import { assetUpdates, PAGES_MAX } from './queries.ts';
import { UpdateDetail } from './update-detail.tsx';
import { useAssetAddress } from './use-asset-address.ts';

const words = strings.updates;
const ROW_PX = 64;
const KIND_TONES = {
  security: 'warning',
  bugfix: 'plain',
  feature: 'plain',
  unknown: 'plain',
} as const satisfies Record<UpdateBody['kind'], Tone>;

/** What configured origins offer this asset, vulnerability or not. // SOP S2 */
export function AssetUpdates({ asset }: { readonly asset: Asset }) {
  const { search: address, put, onMore, onSearch } = useAssetAddress();
  const { search = '', item, pages = 1 } = address;
  const list = useInfiniteQuery(assetUpdates(asset.id, search === '' ? undefined : search));
  const { rows, total, loadMore } = usePagedRows(list, pages, PAGES_MAX, onMore);
  const toggle = (update: UpdateBody): void =>
    put({ item: updateKey(update) === item ? undefined : updateKey(update) });

  if (asset.updates === null) {
    return <Empty title={strings.asset.notReported}>{strings.asset.notReportedWhatToDo}</Empty>;
  }
  if (list.isPending) return <Loading />;
  if (list.data === undefined) return <Failed error={list.error} onAgain={() => void list.refetch()} />;
  const reasons = list.data.pages[0]?.reasons ?? [];
  return (
    <>
      <div className="ps-tools">
        <SearchField label={words.searchLabel} value={search} onSearch={onSearch} />
        <p className="ps-subtle ps-summary" role="status">
          {words.total(total)}
        </p>
      </div>
      <Reasons title={words.reasons} reasons={reasons} />
      {rows.length === 0 ? (
        <NoUpdates search={search} sure={reasons.length === 0} />
      ) : (
        <Table
          label={strings.asset.tabs.updates}
          name="updates"
          columns={columnsFor(item, toggle)}
          rows={rows}
          keyOf={updateKey}
          total={total}
          estimatePx={ROW_PX}
          settling={list.isPlaceholderData}
          detail={(update) => (updateKey(update) === item ? <UpdateDetail update={update} asset={asset.id} /> : null)}
          onNearEnd={loadMore}
          {...(item === undefined ? {} : { selectedKey: item })}
        />
      )}
      <LoadedSoFar loaded={rows.length} total={total} loading={list.isFetchingNextPage} />
    </>
  );
}

function updateKey(update: UpdateBody): string {
  return `${update.name}:${update.architecture}`;
}

function columnsFor(item: string | undefined, toggle: (update: UpdateBody) => void): readonly Column<UpdateBody>[] {
  return [
    {
      key: 'package',
      header: words.columns.package,
      cell: (update) => (
        <>
          <RowToggle open={updateKey(update) === item} onToggle={() => toggle(update)}>
            {update.name}
          </RowToggle>
          <span className="ps-second">{update.architecture}</span>
        </>
      ),
    },
    {
      key: 'version',
      header: words.columns.version,
      cell: (update) => <VersionChange from={update.from} to={update.to} none="" />,
    },
    { key: 'kind', header: words.columns.kind, cell: (update) => <KindCell update={update} /> },
    { key: 'due', header: words.columns.due, cell: (update) => <DueCell update={update} /> },
  ];
}

function KindCell({ update }: { readonly update: UpdateBody }) {
  return (
    <>
      <span className="ps-tags">
        <Tag tone={KIND_TONES[update.kind]}>{words.kind[update.kind]}</Tag>
        {update.hold && (
          <Tag tone="warning" icon={HeldIcon} hint={update.pin ?? words.heldWhy}>
            {update.pin === undefined ? words.held : words.pinned}
          </Tag>
        )}
        {update.phased && (
          <Tag icon={PhasedIcon} hint={words.phasedWhy}>
            {words.phased}
          </Tag>
        )}
      </span>
      {update.fixes.length > 0 && <span className="ps-second">{words.fixesCount(update.fixes.length)}</span>}
    </>
  );
}

function DueCell({ update }: { readonly update: UpdateBody }) {
  if (update.assessment === null) return <span className="ps-subtle">{words.notAssessed}</span>;
  const { due, late, lane } = update.assessment;
  return (
    <>
      <Due due={due} late={late} inRow />
      <LaneTag lane={lane} />
    </>
  );
}

function NoUpdates({ search, sure }: { readonly search: string; readonly sure: boolean }) {
  if (search !== '') {
    return <Empty title={strings.list.nothingFound(search)}>{strings.list.nothingFoundWhatToDo}</Empty>;
  }
  if (!sure) return <Empty title={words.none}>{words.noneUnsureLead}</Empty>;
  return (
    <Empty title={words.none} icon={GoodIcon} tone="good">
      {words.noneLead}
    </Empty>
  );
}
