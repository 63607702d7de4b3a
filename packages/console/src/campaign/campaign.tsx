import type { Campaign } from '@patchsteward/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate, useRouter } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Failed, Freshness, Loading } from '../parts/states.tsx';
import { TabAnchor } from '../parts/tab-anchor.tsx';
import { useShortcut } from '../platform/keys.ts';
import type { CampaignTab } from '../platform/routes/campaign.ts';
import { numberText, strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { CampaignActions } from './campaign-actions.tsx';
import { CampaignHeader } from './campaign-header.tsx';
import { LateHosts } from './late-hosts.tsx';
import { campaignQuery } from './queries.ts';
import { Rooms } from './rooms.tsx';
import { useCampaignAddress } from './use-campaign-address.ts';

// What stands behind the other tabs, and what few do, comes when it is asked for.
const PlanTab = lazy(async () => ({ default: (await import('./plan.tsx')).PlanTab }));
const JobsTab = lazy(async () => ({ default: (await import('./jobs.tsx')).JobsTab }));
const EventsTab = lazy(async () => ({ default: (await import('./events.tsx')).EventsTab }));
const ActPanel = lazy(async () => ({ default: (await import('./act-panel.tsx')).ActPanel }));

const words = strings.campaign;
const route = getRouteApi('/inside/campaigns/$id');

/** A patch standing in a room, why, and who can move it. */
export function CampaignScreen() {
  const { id } = route.useParams();
  const campaign = useQuery(campaignQuery(id));
  const queries = useQueryClient();
  const { history } = useRouter();
  const navigate = useNavigate();
  const { search, put } = useCampaignAddress();
  // All that was loaded of this campaign, its rooms, jobs and events with it.
  const refresh = (): void => void queries.invalidateQueries({ queryKey: campaignQuery(id).queryKey });
  useShortcut('r', strings.keys.refresh, refresh);
  useShortcut('Escape', strings.keys.back, () => {
    if (search.act !== undefined) put({ act: undefined, asset: undefined });
    else if (history.canGoBack()) history.back();
    else void navigate({ to: '/campaigns' });
  });
  useTitle(campaign.data?.title ?? words.title);

  return (
    <>
      <nav className="ps-crumbs" aria-label={strings.screens.campaigns}>
        <Link to="/campaigns">{strings.screens.campaigns}</Link>
      </nav>
      <div className="ps-title">
        <h1>{campaign.data?.title ?? words.title}</h1>
        {campaign.data !== undefined && (
          <Freshness
            at={campaign.dataUpdatedAt}
            error={campaign.error}
            loading={campaign.isFetching}
            onRefresh={refresh}
          />
        )}
      </div>
      {campaign.isPending && <Loading />}
      {campaign.data === undefined && campaign.isError && <Failed error={campaign.error} onAgain={refresh} />}
      {campaign.data !== undefined && <CampaignBody campaign={campaign.data} />}
    </>
  );
}

function CampaignBody({ campaign }: { readonly campaign: Campaign }) {
  const { tab = 'rooms', act } = useCampaignAddress().search;
  return (
    <>
      <CampaignHeader campaign={campaign} />
      <CampaignActions campaign={campaign} />
      <LateHosts campaign={campaign} />
      <nav className="ps-tabs" aria-label={words.tabsLabel}>
        <TabLink tab="rooms" current={tab} count={null} />
        <TabLink tab="plan" current={tab} count={null} />
        <TabLink tab="jobs" current={tab} count={Object.values(campaign.jobs).reduce((sum, count) => sum + count, 0)} />
        <TabLink tab="events" current={tab} count={null} />
      </nav>
      <Suspense fallback={<Loading />}>
        {tab === 'rooms' && <Rooms campaign={campaign} />}
        {tab === 'plan' && <PlanTab campaign={campaign} />}
        {tab === 'jobs' && <JobsTab campaign={campaign} />}
        {tab === 'events' && <EventsTab campaign={campaign} />}
      </Suspense>
      {act !== undefined && (
        <Suspense>
          <ActPanel key={act} campaign={campaign} act={act} />
        </Suspense>
      )}
    </>
  );
}

interface TabLinkProps {
  readonly tab: CampaignTab;
  readonly current: CampaignTab;
  readonly count: number | null;
}

function TabLink({ tab, current, count }: TabLinkProps) {
  return (
    <TabAnchor
      from="/campaigns/$id"
      to="."
      search={tab === 'rooms' ? {} : { tab }}
      state
      replace
      resetScroll={false}
      current={tab === current}
    >
      {words.tabs[tab]}
      {count !== null && count > 0 && <span className="ps-count">{numberText(count)}</span>}
    </TabAnchor>
  );
}
