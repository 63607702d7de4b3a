import type { ExposedAsset } from '@patchsteward/contract';
import { Link } from '@tanstack/react-router';
import { Clock } from '../parts/clock.tsx';
import { PhasedIcon } from '../parts/icons.ts';
import type { Column } from '../parts/table.tsx';
import { Tag, type Tone } from '../parts/tag.tsx';
import { VersionChange } from '../parts/version-change.tsx';
import { strings } from '../platform/strings.ts';

const words = strings.exposureSearch;

const TONES = {
  affected: 'danger',
  wont_fix: 'danger',
  deferred: 'danger',
  end_of_life: 'danger',
  under_investigation: 'warning',
  not_judged: 'warning',
  fixed: 'good',
  not_affected: 'good',
} as const satisfies Record<ExposedAsset['status'], Tone>;

/** A source version on an asset: what it means there, since when, and what to do. */
export const EXPOSED_COLUMNS: readonly Column<ExposedAsset>[] = [
  {
    key: 'name',
    header: words.columns.asset,
    cell: (row) => (
      <>
        <Link to="/assets/$id" params={{ id: row.assetId }} className="ps-row-link" data-row-main>
          {row.assetName}
        </Link>
        <span className="ps-second">
          {strings.asset.criticality}: {strings.criticality[row.criticality]} · {strings.asset.exposure}:{' '}
          {strings.exposure[row.exposure]}
        </span>
      </>
    ),
  },
  {
    key: 'version',
    header: words.columns.version,
    cell: (row) => (
      <>
        {row.source} <VersionChange from={row.sourceVersion} to={row.fixed} none={words.noFix} />
        <span className="ps-second">{row.why}</span>
      </>
    ),
  },
  {
    key: 'fix',
    header: words.columns.next,
    cell: (row) => (
      <>
        <Tag tone={row.runs === false ? 'plain' : TONES[row.status]}>{statusText(row)}</Tag>
        {row.answered !== null && (
          <Tag tone="info" icon={PhasedIcon}>
            {strings.exceptions.kinds[row.answered.kind]} {strings.findings.until}{' '}
            <Clock at={row.answered.until} form="exact" inRow />
          </Tag>
        )}
        <span className="ps-second">
          {row.campaign === null ? (
            row.next.sentence
          ) : (
            <Link to="/campaigns/$id" params={{ id: row.campaign.id }}>
              {row.next.sentence}
            </Link>
          )}
        </span>
      </>
    ),
  },
  {
    key: 'due',
    header: words.columns.since,
    cell: (row) => <Clock at={row.onAssetSince ?? row.since} inRow />,
  },
];

function statusText({ status, runs }: ExposedAsset): string {
  return runs === false ? `${words.statuses[status]}, ${words.idle}` : words.statuses[status];
}

export function keyOfExposed({ assetId, source, sourceVersion }: ExposedAsset): string {
  return `${assetId} ${source} ${sourceVersion}`;
}
