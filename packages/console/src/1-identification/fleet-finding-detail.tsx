import type { ExposedAsset, FindingGroup, FleetFinding } from '@patchsteward/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { AskLink } from '../2-evaluation/ask-link.tsx';
import { Due } from '../parts/clock.tsx';
import { LaneTag, SeverityMark } from '../parts/risk.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { VersionChange } from '../parts/version-change.tsx';
import { strings } from '../platform/strings.ts';
import { DETAIL_ROWS, exposureOf, findingsOfSource } from './fleet-queries.ts';
import { IntelligenceFacts } from './intelligence.tsx';

const words = strings.fleetFindings;

interface FindingGroupDetailProps {
  readonly by: 'vulnerability' | 'source';
  readonly group: FindingGroup;
}

/** What stands behind a row: assets, versions, why, and what fixes it. */
export function FindingGroupDetail({ by, group }: FindingGroupDetailProps) {
  return by === 'source' ? <OfSource source={group.name} /> : <OfVulnerability vulnerability={group.name} />;
}

function OfVulnerability({ vulnerability }: { readonly vulnerability: string }) {
  const answer = useInfiniteQuery(exposureOf({ id: vulnerability, at: undefined, show: undefined }));
  const page = answer.data?.pages[0];
  if (answer.isPending) return <Loading />;
  if (page === undefined) return <Failed error={answer.error} onAgain={() => void answer.refetch()} />;
  const assets = page.assets.slice(0, DETAIL_ROWS);
  const [why] = page.assets.map((asset) => asset.why);
  return (
    <div className="ps-detail">
      {why !== undefined && <p className="ps-why">{why}</p>}
      <dl className="ps-detail-facts">
        <IntelligenceFacts intelligence={page.intelligence} />
      </dl>
      <AssetLines assets={assets} />
      <p>
        <Link to="/exposure" search={{ id: vulnerability }}>
          {page.assetsTotal > assets.length ? words.allOf(page.assetsTotal) : words.openExposure}
        </Link>
      </p>
      <AskLink about={{ vulnerability }} />
    </div>
  );
}

function AssetLines({ assets }: { readonly assets: readonly ExposedAsset[] }) {
  return (
    <ul className="ps-lines" aria-label={words.detail.assets}>
      {assets.map((asset) => (
        <li key={`${asset.assetId} ${asset.source} ${asset.sourceVersion}`}>
          <Link to="/assets/$id" params={{ id: asset.assetId }}>
            {asset.assetName}
          </Link>
          <span>
            {asset.source} <VersionChange from={asset.sourceVersion} to={asset.fixed} none={strings.findings.noFix} />
          </span>
          <span className="ps-subtle">
            {asset.fixed !== null && (asset.fixOffered ? words.fixWords.offered : words.fixWords['not-offered'])}
          </span>
        </li>
      ))}
    </ul>
  );
}

function OfSource({ source }: { readonly source: string }) {
  const list = useQuery(findingsOfSource(source));
  if (list.isPending) return <Loading />;
  if (list.data === undefined) return <Failed error={list.error} onAgain={() => void list.refetch()} />;
  const { items, total } = list.data;
  return (
    <div className="ps-detail">
      <ul className="ps-lines" aria-label={words.detail.vulnerabilities}>
        {items.map((finding) => (
          <FindingLine key={`${finding.vulnerability} ${finding.scope}`} finding={finding} />
        ))}
      </ul>
      {total > items.length && (
        <p>
          <Link to="/findings" search={{ search: source }}>
            {words.allOf(total)}
          </Link>
        </p>
      )}
      <AskLink about={{ source }} />
    </div>
  );
}

function FindingLine({ finding }: { readonly finding: FleetFinding }) {
  return (
    <li>
      <Link to="/exposure" search={{ id: finding.vulnerability }}>
        {finding.vulnerability}
      </Link>
      <span>
        <SeverityMark severity={finding.intelligence.severity} />{' '}
        {finding.lane !== null && <LaneTag lane={finding.lane} />}{' '}
        {finding.due !== null && <Due due={finding.due} late={finding.late} />}
      </span>
      <span className="ps-subtle">
        {finding.scope} · {words.assets(finding.assets)} ·{' '}
        {finding.fixed === null ? strings.findings.noFix : `${strings.findings.fixedIn} ${finding.fixed}`}
      </span>
    </li>
  );
}
