import { getRouteApi } from '@tanstack/react-router';
import { TabAnchor } from '../parts/tab-anchor.tsx';
import { strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { Board } from './board.tsx';
import { CampaignList } from './campaign-list.tsx';
import { Proposals } from './proposals.tsx';

const words = strings.board;
const route = getRouteApi('/inside/campaigns');

/** Campaigns: as they stand in the rooms, all there ever were, and what could be opened. */
export function CampaignsScreen() {
  const { view = 'board' } = route.useSearch();
  useTitle(strings.screens.campaigns);
  return (
    <>
      <div className="ps-title">
        <h1>{strings.screens.campaigns}</h1>
      </div>
      <nav className="ps-tabs" aria-label={words.viewsLabel}>
        {(['board', 'list', 'proposals'] as const).map((one) => (
          <TabAnchor
            key={one}
            from="/campaigns"
            to="."
            // A filter of one view means nothing in another.
            search={one === 'board' ? {} : { view: one }}
            replace
            resetScroll={false}
            current={one === view}
          >
            {words.views[one]}
          </TabAnchor>
        ))}
      </nav>
      {view === 'board' && <Board />}
      {view === 'list' && <CampaignList />}
      {view === 'proposals' && <Proposals />}
    </>
  );
}
