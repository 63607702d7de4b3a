import type { AssetSummary } from '@patchsteward/contract';
import { Link } from '@tanstack/react-router';
import { Clock, Due } from '../parts/clock.tsx';
import { RebootIcon, WarningIcon } from '../parts/icons.ts';
import { ExploitedTag, LaneTag } from '../parts/risk.tsx';
import type { Column } from '../parts/table.tsx';
import { Tag } from '../parts/tag.tsx';
import { strings } from '../platform/strings.ts';
import { productText } from './asset-facts.tsx';
import { FactTags, NotJudgedTag, SupportTag } from './asset-marks.tsx';

const words = strings.assets;

/** An asset as a line of the list. */
export const ASSET_COLUMNS: readonly Column<AssetSummary>[] = [
  { key: 'asset', header: words.columns.asset, cell: (asset) => <NameCell asset={asset} /> },
  { key: 'findings', header: words.columns.findings, cell: (asset) => <FindingsCell asset={asset} /> },
  { key: 'due', header: words.columns.due, cell: (asset) => <DueCell asset={asset} /> },
  { key: 'updates', header: words.columns.updates, cell: (asset) => <UpdatesCell asset={asset} /> },
  { key: 'seen', header: words.columns.seen, cell: (asset) => <SeenCell asset={asset} /> },
];

function NameCell({ asset }: { readonly asset: AssetSummary }) {
  return (
    <>
      <Link to="/assets/$id" params={{ id: asset.id }} state={{ fromList: true }} className="ps-row-link" data-row-main>
        {asset.name}
      </Link>
      <span className="ps-second">
        {[whatItIs(asset), asset.role, asset.owner].filter((part) => part !== null && part !== '').join(' · ')}
      </span>
      <SupportTag support={asset.support} />
      <FactTags asset={asset} />
    </>
  );
}

/** The release that its host reported, else the product that a list names. */
function whatItIs({ release, product }: AssetSummary): string {
  if (release !== null) return release.prettyName;
  return product === null ? words.unknownRelease : productText(product);
}

function FindingsCell({ asset }: { readonly asset: AssetSummary }) {
  if (asset.judged.kind === 'not-judged') return <NotJudgedTag reason={asset.judged.reason} />;
  if (asset.findings === null) return <span className="ps-subtle">{words.neverReported}</span>;
  const { unjudgedPackages } = asset.judged;
  const inPart = unjudgedPackages > 0 && (
    <span className="ps-second ps-warn">{words.judgedInPart(unjudgedPackages)}</span>
  );
  if (asset.findings === 0)
    return (
      <>
        <span className="ps-none">{words.noFindings}</span>
        {inPart}
      </>
    );
  return (
    <>
      <span>{words.findings(asset.findings)}</span>
      {asset.knownExploited !== null && asset.knownExploited > 0 && (
        <ExploitedTag>{words.knownExploited(asset.knownExploited)}</ExploitedTag>
      )}
      {inPart}
    </>
  );
}

function DueCell({ asset }: { readonly asset: AssetSummary }) {
  if (asset.nextDue === null) {
    return asset.judged.kind === 'judged' && asset.judged.unjudgedPackages === 0 && asset.findings === 0 ? (
      <span className="ps-subtle">{words.nothingDue}</span>
    ) : (
      <Dash />
    );
  }
  return (
    <>
      <Due due={asset.nextDue.due} late={asset.nextDue.late} inRow />
      <LaneTag lane={asset.nextDue.lane} />
    </>
  );
}

function UpdatesCell({ asset }: { readonly asset: AssetSummary }) {
  return (
    <>
      {asset.updates === null && <Dash />}
      {asset.updates === 0 && <span className="ps-subtle">{words.noUpdates}</span>}
      {asset.updates !== null && asset.updates > 0 && (
        <span>
          {words.updates(asset.updates)}
          {asset.securityUpdates !== null && asset.securityUpdates > 0 && (
            <span className="ps-second">{words.securityUpdates(asset.securityUpdates)}</span>
          )}
        </span>
      )}
      {asset.rebootNeeded === true && (
        <Tag tone="info" icon={RebootIcon}>
          {words.reboot}
        </Tag>
      )}
    </>
  );
}

function SeenCell({ asset }: { readonly asset: AssetSummary }) {
  if (asset.lastSeen === null) return <span className="ps-subtle">{words.neverReported}</span>;
  return (
    <>
      <Clock at={asset.lastSeen} form="relative" inRow />
      {asset.stale && (
        <Tag tone="warning" icon={WarningIcon}>
          {words.stale}
        </Tag>
      )}
    </>
  );
}

function Dash() {
  return (
    <span className="ps-subtle" aria-hidden="true">
      –
    </span>
  );
}
