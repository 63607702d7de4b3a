import type { Asset, AssetPinned } from '@patchsteward/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useLocation, useNavigate, useRouter } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Action } from '../parts/action.tsx';
import { EditIcon } from '../parts/icons.ts';
import { Reasons } from '../parts/reason.tsx';
import { Failed, Freshness, Loading } from '../parts/states.tsx';
import { TabAnchor } from '../parts/tab-anchor.tsx';
import { useShortcut } from '../platform/keys.ts';
import type { AssetTab } from '../platform/routes/identification.ts';
import { useForbidden } from '../platform/session.ts';
import { numberText, strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { AssetFacts } from './asset-facts.tsx';
import { AssetFindings } from './asset-findings.tsx';
import { assetPinned } from './asset-history-queries.ts';
import { AssetPackages } from './asset-packages.tsx';
import { AssetRemoval } from './asset-removal.tsx';
import { AssetSystem } from './asset-system.tsx';
import { AssetUpdates } from './asset-updates.tsx';
import { assetQuery } from './queries.ts';
import { useAssetAddress } from './use-asset-address.ts';

// A dialog that few open: it comes when it is asked for.
const AssetFactsForm = lazy(async () => ({ default: (await import('./asset-facts-form.tsx')).AssetFactsForm }));

// What fewer look at comes when they do.
const AssetBills = lazy(async () => ({ default: (await import('./asset-bills.tsx')).AssetBills }));
const AssetCampaigns = lazy(async () => ({ default: (await import('./asset-campaigns.tsx')).AssetCampaigns }));
const AssetTimeline = lazy(async () => ({ default: (await import('./asset-timeline.tsx')).AssetTimeline }));

const words = strings.asset;
const route = getRouteApi('/inside/assets/$id');

export function AssetScreen() {
  const { id } = route.useParams();
  const { search: address, put } = useAssetAddress();
  const asset = useQuery(assetQuery(id));
  const pinned = useQuery(assetPinned(id));
  const queries = useQueryClient();
  const leave = useLeave();
  // All that was loaded of this asset, its lists with it.
  const refresh = (): void => void queries.invalidateQueries({ queryKey: assetQuery(id).queryKey });
  useShortcut('r', strings.keys.refresh, refresh);
  useShortcut('Escape', strings.keys.back, () => {
    if (address.edit === 'bill') put({ edit: undefined, item: undefined });
    else if (address.item !== undefined) put({ item: undefined });
    else if (address.search !== undefined) put({ search: undefined });
    else leave();
  });
  useTitle(asset.data?.name ?? strings.screens.assets);

  return (
    <>
      <nav className="ps-crumbs" aria-label={strings.screens.assets}>
        <Link to="/assets">{strings.screens.assets}</Link>
      </nav>
      <div className="ps-title">
        <h1>{asset.data?.name ?? strings.screens.asset}</h1>
        {asset.data !== undefined && (
          <>
            <Freshness at={asset.dataUpdatedAt} error={asset.error} loading={asset.isFetching} onRefresh={refresh} />
            <EditButton />
            <AssetRemoval asset={asset.data} />
          </>
        )}
      </div>
      {asset.isPending && <Loading />}
      {asset.data === undefined && asset.isError && <Failed error={asset.error} onAgain={refresh} />}
      {/* Together, so that nothing moves when the second of them comes; what a host is pinned to stops nobody from reading. */}
      {asset.data !== undefined && !pinned.isPending && <AssetBody asset={asset.data} pinned={pinned.data ?? null} />}
    </>
  );
}

/** Back to the list as it was left; to the list as such for whoever came by a link. */
function useLeave(): () => void {
  const { history } = useRouter();
  const navigate = useNavigate();
  const cameFromList = useLocation({ select: ({ state }) => state.fromList === true });
  return () => {
    if (cameFromList) history.back();
    else void navigate({ to: '/assets' });
  };
}

function EditButton() {
  const { put } = useAssetAddress();
  return (
    <Action disabledReason={useForbidden('operator')} icon={<EditIcon />} onAct={() => put({ edit: 'facts' })}>
      {words.edit}
    </Action>
  );
}

function AssetBody({ asset, pinned }: { readonly asset: Asset; readonly pinned: AssetPinned | null }) {
  const { tab = 'findings', edit } = useAssetAddress().search;
  return (
    <>
      <AssetFacts asset={asset} pinned={pinned} />
      <Reasons title={words.reasonsTitle} reasons={[...asset.reasons, ...(pinned?.reasons ?? [])]} />
      <nav className="ps-tabs" aria-label={words.tabsLabel}>
        <TabLink tab="findings" current={tab} count={asset.judged.kind === 'judged' ? asset.findings : null} />
        <TabLink tab="updates" current={tab} count={asset.updates} />
        <TabLink tab="packages" current={tab} count={asset.packages} />
        {(asset.origin !== 'agent' || tab === 'bills') && <TabLink tab="bills" current={tab} count={null} />}
        <TabLink tab="system" current={tab} count={null} />
        <TabLink tab="campaigns" current={tab} count={null} />
        <TabLink tab="timeline" current={tab} count={null} />
      </nav>
      {tab === 'findings' && <AssetFindings asset={asset} />}
      {tab === 'updates' && <AssetUpdates asset={asset} />}
      {tab === 'packages' && <AssetPackages asset={asset} />}
      {tab === 'system' && <AssetSystem asset={asset} />}
      <Suspense fallback={<Loading />}>
        {tab === 'bills' && <AssetBills asset={asset} />}
        {tab === 'campaigns' && <AssetCampaigns asset={asset} />}
        {tab === 'timeline' && <AssetTimeline asset={asset} />}
      </Suspense>
      {edit === 'facts' && (
        <Suspense>
          <AssetFactsForm asset={asset} />
        </Suspense>
      )}
    </>
  );
}

interface TabLinkProps {
  readonly tab: AssetTab;
  readonly current: AssetTab;
  readonly count: number | null;
}

function TabLink({ tab, current, count }: TabLinkProps) {
  return (
    <TabAnchor
      from="/assets/$id"
      to="."
      // A search or an open row of one tab means nothing in another.
      search={tab === 'findings' ? {} : { tab }}
      state
      replace
      resetScroll={false}
      current={tab === current}
    >
      {words.tabs[tab]}
      {count !== null && <span className="ps-count">{numberText(count)}</span>}
    </TabAnchor>
  );
}
