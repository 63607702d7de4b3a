import type { Campaign, JobBody } from '@patchsteward/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { Clock } from '../parts/clock.tsx';
import { DangerIcon, GoodIcon, WarningIcon } from '../parts/icons.ts';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { type Column, LoadedSoFar, Table } from '../parts/table.tsx';
import { Tag, type Tone } from '../parts/tag.tsx';
import { usePagedRows } from '../platform/pages.ts';
import { strings } from '../platform/strings.ts';
import { HandWork } from './hand-work.tsx';
import { type JobLine, jobLines } from './job-groups.ts';
import { jobList, PAGES_MAX } from './queries.ts';
import { useCampaignAddress } from './use-campaign-address.ts';
import { jobStateName } from './words-of.ts';

const words = strings.campaign.jobs;
const ROW_PX = 64;

const TONES: Readonly<Record<string, Tone>> = {
  succeeded: 'good',
  failed: 'danger',
  'rollback-failed': 'danger',
  'rolled-back': 'warning',
  'rolling-back': 'warning',
  blocked: 'warning',
  expired: 'warning',
  granted: 'info',
  installing: 'info',
  verifying: 'info',
  rebooting: 'info',
  health: 'info',
};

/** How far each host is, now. */
export function JobsTab({ campaign }: { readonly campaign: Campaign }) {
  const { search, onMore } = useCampaignAddress();
  const list = useInfiniteQuery(jobList(campaign.id));
  const { rows, total, loadMore } = usePagedRows(list, search.pages ?? 1, PAGES_MAX, onMore);
  const lines = useMemo(() => jobLines(rows), [rows]);
  if (list.isPending) return <Loading />;
  if (list.data === undefined) return <Failed error={list.error} onAgain={() => void list.refetch()} />;
  if (rows.length === 0) return <Empty title={words.none}>{words.noneWhatToDo}</Empty>;
  return (
    <>
      {campaign.scope.some(({ person }) => person !== undefined) && <HandWork campaign={campaign} />}
      <p className="ps-subtle ps-summary" role="status">
        {words.total(total)}
      </p>
      <Table
        label={strings.campaign.tabs.jobs}
        name="jobs"
        columns={COLUMNS}
        rows={lines}
        keyOf={keyOf}
        total={lines.length}
        estimatePx={ROW_PX}
        settling={false}
        classOf={classOf}
        onNearEnd={loadMore}
      />
      <LoadedSoFar loaded={rows.length} total={total} loading={list.isFetchingNextPage} />
    </>
  );
}

function keyOf({ key }: JobLine): string {
  return key;
}

function classOf(line: JobLine): string {
  if (line.kind === 'wave') return 'ps-wave-row';
  return line.job.unknownSince === null ? '' : 'ps-silent-row';
}

const COLUMNS: readonly Column<JobLine>[] = [
  {
    key: 'host',
    header: words.columns.host,
    cell: (line) => (line.kind === 'wave' ? <WaveCell line={line} /> : <HostCell job={line.job} />),
  },
  {
    key: 'state',
    header: words.columns.state,
    cell: (line) => (line.kind === 'wave' ? null : <StateCell job={line.job} />),
  },
  {
    key: 'since',
    header: words.columns.since,
    cell: (line) => (line.kind === 'wave' ? null : <Clock at={line.job.updatedAt} inRow />),
  },
  {
    key: 'trouble',
    header: words.columns.trouble,
    cell: (line) => (line.kind === 'wave' ? null : <TroubleCell job={line.job} />),
  },
];

function WaveCell({ line: { planKind, wave, jobs } }: { readonly line: Extract<JobLine, { kind: 'wave' }> }) {
  return (
    <>
      <strong>{words.group(planKind, wave)}</strong> <span className="ps-count">{words.total(jobs)}</span>
    </>
  );
}

function HostCell({ job }: { readonly job: JobBody }) {
  return (
    <Link to="/assets/$id" params={{ id: job.assetId }} className="ps-row-link" data-row-main>
      {job.asset}
    </Link>
  );
}

function StateCell({ job: { state, unknownSince } }: { readonly job: JobBody }) {
  return (
    <span className="ps-tags">
      <Tag tone={TONES[state] ?? 'plain'} {...(state === 'succeeded' ? { icon: GoodIcon } : {})}>
        {jobStateName(state)}
      </Tag>
      {unknownSince !== null && (
        <Tag tone="danger" icon={WarningIcon} hint={words.silentWhy}>
          {words.silent}
        </Tag>
      )}
    </span>
  );
}

function TroubleCell({ job: { trouble, unknownSince } }: { readonly job: JobBody }) {
  if (trouble === null && unknownSince === null) return <span className="ps-none">{words.fine}</span>;
  return (
    <>
      {trouble !== null && (
        <span className="ps-trouble">
          <DangerIcon /> {trouble}
        </span>
      )}
      {unknownSince !== null && (
        <span className="ps-second">
          {words.silentSince} <Clock at={unknownSince} inRow />
        </span>
      )}
    </>
  );
}
