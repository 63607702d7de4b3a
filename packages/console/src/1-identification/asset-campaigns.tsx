import type { Asset, AssetCampaign } from '@patchsteward/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { jobStateName, stateName } from '../campaign/words-of.ts';
import { Clock, Due } from '../parts/clock.tsx';
import { WarningIcon } from '../parts/icons.ts';
import { LaneTag } from '../parts/risk.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { type Column, LoadedSoFar, Table } from '../parts/table.tsx';
import { Tag } from '../parts/tag.tsx';
import { usePagedRows } from '../platform/pages.ts';
import { strings } from '../platform/strings.ts';
import { assetCampaigns } from './asset-history-queries.ts';
import { PAGES_MAX } from './queries.ts';
import { useAssetAddress } from './use-asset-address.ts';

const words = strings.assetHistory;
const ROW_PX = 72;

/** The campaigns that this asset is or was in, and how far its own work is in each. */
export function AssetCampaigns({ asset }: { readonly asset: Asset }) {
  const { search, onMore } = useAssetAddress();
  const list = useInfiniteQuery(assetCampaigns(asset.id));
  const { rows, total, loadMore } = usePagedRows(list, search.pages ?? 1, PAGES_MAX, onMore);
  if (list.isPending) return <Loading />;
  if (list.data === undefined) return <Failed error={list.error} onAgain={() => void list.refetch()} />;
  if (rows.length === 0) return <Empty title={words.noCampaigns}>{words.noCampaignsLead}</Empty>;
  return (
    <>
      <p className="ps-subtle ps-summary" role="status">
        {words.campaigns(total)}
      </p>
      <Table
        label={strings.screens.campaigns}
        name="asset-campaigns"
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

function keyOf({ campaign }: AssetCampaign): string {
  return campaign.id;
}

const COLUMNS: readonly Column<AssetCampaign>[] = [
  {
    key: 'campaign',
    header: words.columns.campaign,
    cell: ({ campaign }) => (
      <>
        <Link to="/campaigns/$id" params={{ id: campaign.id }} className="ps-row-link" data-row-main>
          {campaign.title}
        </Link>
        <span className="ps-second">{stateName(campaign.state)}</span>
      </>
    ),
  },
  { key: 'job', header: words.columns.job, cell: (row) => <JobCell row={row} /> },
  {
    key: 'due',
    header: words.columns.due,
    cell: ({ campaign: { due, late, lane } }) => (
      <>
        {due === null ? <span className="ps-none">–</span> : <Due due={due} late={late} inRow />}
        {lane !== null && <LaneTag lane={lane} />}
      </>
    ),
  },
];

function JobCell({ row: { job } }: { readonly row: AssetCampaign }) {
  if (job === null) return <span className="ps-none">{words.noJob}</span>;
  return (
    <>
      <span className="ps-tags">
        <Tag>{jobStateName(job.state)}</Tag>
        {job.unknownSince !== null && (
          <Tag tone="danger" icon={WarningIcon} hint={strings.campaign.jobs.silentWhy}>
            {strings.campaign.jobs.silent}
          </Tag>
        )}
      </span>
      <span className="ps-second">
        {strings.campaign.jobs.group(job.planKind, job.wave)} · <Clock at={job.updatedAt} form="relative" inRow />
      </span>
      {job.trouble !== null && <span className="ps-second">{job.trouble}</span>}
    </>
  );
}
