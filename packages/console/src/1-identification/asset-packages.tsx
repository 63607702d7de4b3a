import type { Asset, InstalledPackageBody } from '@patchsteward/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { HeldIcon, WarningIcon } from '../parts/icons.ts';
import { SearchField } from '../parts/search-field.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { type Column, LoadedSoFar, Table } from '../parts/table.tsx';
import { Tag } from '../parts/tag.tsx';
import { usePagedRows } from '../platform/pages.ts';
import { strings } from '../platform/strings.ts';
import { assetPackages, PAGES_MAX } from './queries.ts';
import { useAssetAddress } from './use-asset-address.ts';

const words = strings.packages;
const ROW_PX = 52;

const COLUMNS: readonly Column<InstalledPackageBody>[] = [
  { key: 'package', header: words.columns.package, cell: (row) => <NameCell row={row} /> },
  { key: 'version', header: words.columns.version, cell: (row) => <span className="ps-code">{row.version}</span> },
  { key: 'source', header: words.columns.source, cell: (row) => <SourceCell row={row} /> },
  { key: 'origin', header: words.columns.origin, cell: (row) => <OriginCell row={row} /> },
];

/** What is installed. // SOP P1.2 */
export function AssetPackages({ asset }: { readonly asset: Asset }) {
  const { search: address, onMore, onSearch } = useAssetAddress();
  const { search = '', pages = 1 } = address;
  const list = useInfiniteQuery(assetPackages(asset.id, search === '' ? undefined : search));
  const { rows, total, loadMore } = usePagedRows(list, pages, PAGES_MAX, onMore);

  if (list.isPending) return <Loading />;
  if (list.data === undefined) return <Failed error={list.error} onAgain={() => void list.refetch()} />;
  return (
    <>
      <div className="ps-tools">
        <SearchField label={words.searchLabel} value={search} onSearch={onSearch} />
        <p className="ps-subtle ps-summary" role="status">
          {words.total(total)}
        </p>
      </div>
      {rows.length === 0 ? (
        <NoPackages search={search} />
      ) : (
        <Table
          label={strings.asset.tabs.packages}
          name="packages"
          columns={COLUMNS}
          rows={rows}
          keyOf={packageKey}
          total={total}
          estimatePx={ROW_PX}
          settling={list.isPlaceholderData}
          onNearEnd={loadMore}
        />
      )}
      <LoadedSoFar loaded={rows.length} total={total} loading={list.isFetchingNextPage} />
    </>
  );
}

function packageKey({ name, architecture, version }: InstalledPackageBody): string {
  return `${name}:${architecture} ${version}`;
}

function NoPackages({ search }: { readonly search: string }) {
  if (search !== '') {
    return <Empty title={strings.list.nothingFound(search)}>{strings.list.nothingFoundWhatToDo}</Empty>;
  }
  return <Empty title={words.none}>{words.noneLead}</Empty>;
}

function NameCell({ row }: { readonly row: InstalledPackageBody }) {
  return (
    // Nothing opens here; the keyboard still walks through the rows.
    <span className="ps-row-name" tabIndex={-1} data-row-main>
      {row.name}
      <span className="ps-subtle">:{row.architecture}</span>{' '}
      {row.hold && (
        <Tag tone="warning" icon={HeldIcon} hint={row.pin ?? strings.updates.heldWhy}>
          {row.pin === undefined ? words.held : strings.updates.pinned}
        </Tag>
      )}
      {row.pin !== undefined && <span className="ps-second">{row.pin}</span>}
      {row.state === 'broken' && (
        <Tag tone="danger" icon={WarningIcon} hint={words.brokenWhy}>
          {words.broken}
        </Tag>
      )}
    </span>
  );
}

function SourceCell({ row }: { readonly row: InstalledPackageBody }) {
  if (row.source === row.name && row.sourceVersion === row.version) {
    return <span className="ps-subtle">{row.source}</span>;
  }
  return (
    <>
      {row.source} <span className="ps-code ps-subtle">{row.sourceVersion}</span>
    </>
  );
}

function OriginCell({ row }: { readonly row: InstalledPackageBody }) {
  if (row.origins === null) return <span className="ps-subtle">{words.unknownOrigin}</span>;
  if (row.origins.length === 0) {
    return (
      <span className="ps-subtle" data-hint={words.localWhy}>
        {words.local}
      </span>
    );
  }
  return <span className="ps-origins">{row.origins.join(', ')}</span>;
}
