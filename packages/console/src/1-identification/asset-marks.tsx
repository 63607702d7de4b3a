import type { AssetSummary, ReasonBody } from '@patchsteward/contract';
import { NotJudgedIcon, WarningIcon } from '../parts/icons.ts';
import { Tag } from '../parts/tag.tsx';
import { strings } from '../platform/strings.ts';

const words = strings.asset;

/** The facts of an asset that change how fast it must be patched. The everyday ones are not worth a word in a list. */
export function FactTags({ asset }: { readonly asset: AssetSummary }) {
  const loud = asset.criticality === 'high' || asset.criticality === 'critical';
  const reachable = asset.exposure === 'public';
  if (!loud && !reachable && asset.tags.length === 0) return null;
  return (
    <span className="ps-tags">
      {loud && <Tag>{`${words.criticality}: ${strings.criticality[asset.criticality].toLowerCase()}`}</Tag>}
      {reachable && <Tag>{strings.exposure.public}</Tag>}
      {asset.tags.map((tag) => (
        <Tag key={tag}>{tag}</Tag>
      ))}
    </span>
  );
}

/** What stands between a platform and its fixes; one that its vendor fixes is not worth a word. */
export function SupportTag({ support }: Pick<AssetSummary, 'support'>) {
  if (support.state === 'supported' || support.state === 'unknown') return null;
  return (
    <span className="ps-tags">
      <Tag tone={support.state === 'ended' ? 'danger' : 'warning'} icon={WarningIcon}>
        {strings.support[support.state]}
      </Tag>
    </span>
  );
}

/** Unmistakably not a zero. */
export function NotJudgedTag({ reason }: { readonly reason: ReasonBody }) {
  return (
    <>
      <Tag tone="warning" icon={NotJudgedIcon}>
        {strings.findings.notJudged}
      </Tag>
      <span className="ps-second">{reason.sentence}</span>
    </>
  );
}
