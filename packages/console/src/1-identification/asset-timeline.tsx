import type { Asset, AssetMoment } from '@patchsteward/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Clock } from '../parts/clock.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { type Column, LoadedSoFar, Table } from '../parts/table.tsx';
import { usePagedRows } from '../platform/pages.ts';
import { strings } from '../platform/strings.ts';
import { assetTimeline } from './asset-history-queries.ts';
import { momentText } from './moment-text.ts';
import { PAGES_MAX } from './queries.ts';
import { useAssetAddress } from './use-asset-address.ts';

const words = strings.assetHistory;
const ROW_PX = 60;

/** What the record says about this asset: changes of its facts, what its host said of itself, its work orders. */
export function AssetTimeline({ asset }: { readonly asset: Asset }) {
  const { search, onMore } = useAssetAddress();
  const list = useInfiniteQuery(assetTimeline(asset.id));
  const { rows, total, loadMore } = usePagedRows(list, search.pages ?? 1, PAGES_MAX, onMore);
  if (list.isPending) return <Loading />;
  if (list.data === undefined) return <Failed error={list.error} onAgain={() => void list.refetch()} />;
  if (rows.length === 0) return <Empty title={words.noMoments} />;
  return (
    <>
      <p className="ps-subtle ps-summary" role="status">
        {words.moments(total)} {words.momentsLead}
      </p>
      <Table
        label={strings.asset.tabs.timeline}
        name="asset-timeline"
        columns={COLUMNS}
        rows={rows}
        keyOf={keyOf}
        total={total}
        estimatePx={ROW_PX}
        settling={false}
        onNearEnd={loadMore}
      />
      <LoadedSoFar loaded={rows.length} total={total} loading={list.isFetchingNextPage} />
    </>
  );
}

function keyOf({ leaf }: AssetMoment): string {
  return leaf;
}

const COLUMNS: readonly Column<AssetMoment>[] = [
  {
    key: 'what',
    header: words.columns.what,
    cell: (moment) => (
      <>
        <Link to="/record" search={{ entry: moment.leaf }} className="ps-row-link" data-row-main>
          {moment.kind}
        </Link>
        <span className="ps-second">{momentText(moment)}</span>
        {moment.job !== null && (
          <Link to="/campaigns/$id" params={{ id: moment.job.campaign }} search={{ tab: 'jobs' }} className="ps-second">
            {moment.job.title}
          </Link>
        )}
      </>
    ),
  },
  { key: 'by', header: words.columns.by, cell: ({ by }) => <span className="ps-break">{by}</span> },
  { key: 'at', header: words.columns.at, cell: ({ at }) => <Clock at={at} inRow /> },
];
