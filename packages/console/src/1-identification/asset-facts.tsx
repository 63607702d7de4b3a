import type { Asset, AssetPinned } from '@patchsteward/contract';
import type { ReactNode } from 'react';
import { Clock } from '../parts/clock.tsx';
import { Tag } from '../parts/tag.tsx';
import { strings } from '../platform/strings.ts';

const words = strings.asset;

/** What people and the host say of it, in one glance. */
export function AssetFacts({ asset, pinned }: { readonly asset: Asset; readonly pinned: AssetPinned | null }) {
  return (
    <dl className="ps-facts" aria-label={words.facts}>
      {asset.product !== null && <Fact term={words.product}>{productText(asset.product)}</Fact>}
      {(asset.product === null || asset.release !== null) && (
        <Fact term={words.release}>{asset.release?.prettyName ?? strings.assets.unknownRelease}</Fact>
      )}
      {asset.support.until !== null && (
        <Fact term={words.support}>
          <Support support={asset.support} until={asset.support.until} />
        </Fact>
      )}
      <Fact term={words.kind}>{strings.kind[asset.kind]}</Fact>
      <Fact term={words.criticality}>{strings.criticality[asset.criticality]}</Fact>
      <Fact term={words.exposure}>{strings.exposure[asset.exposure]}</Fact>
      <Fact term={words.environment}>{strings.environment[asset.environment]}</Fact>
      {pinned !== null && (
        <Fact term={words.pinned} missing={pinned.pinned === null}>
          <Pinned pinned={pinned.pinned} />
        </Fact>
      )}
      <Fact term={words.owner} missing={asset.owner === null}>
        {asset.owner ?? words.none}
      </Fact>
      <Fact term={words.role} missing={asset.role === null}>
        {asset.role ?? words.none}
      </Fact>
      <Fact term={words.tags} missing={asset.tags.length === 0}>
        {asset.tags.length === 0 ? words.none : asset.tags.map((tag) => <Tag key={tag}>{tag}</Tag>)}
      </Fact>
      <Fact term={words.maintenanceGroup} missing={asset.maintenanceGroup === null}>
        {asset.maintenanceGroup ?? words.none}
      </Fact>
      {asset.redundancyGroups.length > 0 && (
        <Fact term={words.redundancyGroups}>{asset.redundancyGroups.join(', ')}</Fact>
      )}
      {asset.ring && <Fact term={words.ring}>{strings.facts.ring.yes}</Fact>}
      {asset.lastListed !== null && (
        <Fact term={words.lastListed}>
          <Clock at={asset.lastListed} form="relative" />
        </Fact>
      )}
      <Fact term={words.lastSeen}>
        {asset.lastSeen === null ? strings.time.never : <Clock at={asset.lastSeen} form="relative" />}
      </Fact>
    </dl>
  );
}

/** `Cisco Catalyst 9300 17.3.4a`, as the list says it. */
export function productText({ vendor, name, version, build }: NonNullable<Asset['product']>): string {
  return [vendor, name, version, build].filter((part) => part !== null).join(' ');
}

/** How its vendor supports the platform, or the product that it is, and until when. */
function Support({ support, until }: Pick<Asset, 'support'> & { readonly until: string }) {
  const { state, phase, extendedUntil } = support;
  return (
    <>
      {strings.support[state]}
      <span className="ps-second">
        {words.supportDay(dayText(until), state === 'ended' || state === 'extended')}
        {phase === 'lts' && ` · ${words.supportLongTerm}`}
        {extendedUntil !== null && ` · ${words.supportExtended(dayText(extendedUntil))}`}
      </span>
    </>
  );
}

/** The first moment without support is the end of the day before. */
function dayText(moment: string): string {
  return new Date(Date.parse(moment) - 1).toISOString().slice(0, 10);
}

/** What the host has by its own word; a person changes it on the host alone. */
function Pinned({ pinned }: { readonly pinned: AssetPinned['pinned'] }) {
  if (pinned === null) return words.pinnedNothing;
  const { environment, criticality, rootVersion } = pinned;
  return (
    <>
      {strings.environment[environment]}, {strings.criticality[criticality]}
      <span className="ps-second">{rootVersion === 0 ? words.noRootPinned : words.rootPinned(rootVersion)}</span>
    </>
  );
}

interface FactProps {
  readonly term: string;
  readonly children: ReactNode;
  /** Nobody said it: worth a look at a desk, not on a phone. */
  readonly missing?: boolean;
}

export function Fact({ term, children, missing = false }: FactProps) {
  return (
    <div className={missing ? 'ps-fact ps-fact-missing' : 'ps-fact'}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
