import type { FeedBody } from '@patchsteward/contract';
import { useQuery } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import { Clock } from '../parts/clock.tsx';
import { DangerIcon, GoodIcon, NotJudgedIcon, WarningIcon } from '../parts/icons.ts';
import { Failed, Freshness, Loading } from '../parts/states.tsx';
import { Tag, type Tone } from '../parts/tag.tsx';
import { useShortcut } from '../platform/keys.ts';
import { numberText, strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { Fact } from './asset-facts.tsx';
import { FeedImport } from './feed-import.tsx';
import { feedList } from './queries.ts';

const words = strings.feeds;

const STATES = {
  'never-imported': { tone: 'warning', icon: NotJudgedIcon },
  fresh: { tone: 'good', icon: GoodIcon },
  stale: { tone: 'warning', icon: WarningIcon },
  failed: { tone: 'danger', icon: DangerIcon },
} as const satisfies Record<FeedBody['state'], { tone: Tone; icon: ComponentType }>;

/** What assets are judged by, how old it is, and how to renew it. // SOP P1.1 */
export function FeedsScreen() {
  const feeds = useQuery(feedList);
  const refresh = (): void => void feeds.refetch();
  useShortcut('r', strings.keys.refresh, refresh);
  useTitle(strings.screens.feeds);

  return (
    <>
      <div className="ps-title">
        <h1>{strings.screens.feeds}</h1>
        {feeds.data !== undefined && (
          <Freshness at={feeds.dataUpdatedAt} error={feeds.error} loading={feeds.isFetching} onRefresh={refresh} />
        )}
      </div>
      <p className="ps-lead">{words.lead}</p>
      {feeds.isPending && <Loading />}
      {feeds.data === undefined && feeds.isError && <Failed error={feeds.error} onAgain={refresh} />}
      {feeds.data?.items.map((feed) => (
        <Feed key={feed.feed} feed={feed} />
      ))}
    </>
  );
}

function Feed({ feed }: { readonly feed: FeedBody }) {
  const { tone, icon } = STATES[feed.state];
  return (
    <section className="ps-panel ps-feed" aria-label={feed.title}>
      <header>
        <h2>{feed.title}</h2>
        <Tag tone={tone} icon={icon}>
          {words.state[feed.state]}
        </Tag>
      </header>
      {feed.lastError !== null && (
        <p className="ps-feed-error">
          <WarningIcon /> {words.lastError}: {feed.lastError}
        </p>
      )}
      <dl className="ps-facts">
        <Fact term={words.dataAsOf}>{feed.dataAsOf === null ? strings.time.never : <Clock at={feed.dataAsOf} />}</Fact>
        <Fact term={words.importedAt}>
          {feed.importedAt === null ? strings.time.never : <Clock at={feed.importedAt} />}
        </Fact>
        <Fact term={words.records}>
          {numberText(feed.records)}
          {feed.quarantined > 0 && <span className="ps-second">{words.quarantined(feed.quarantined)}</span>}
        </Fact>
        <Fact term={words.source}>
          <span className="ps-break">{feed.url}</span>
        </Fact>
      </dl>
      {feed.state === 'never-imported' && <p>{words.neverWhatToDo}</p>}
      <FeedImport feed={feed} />
    </section>
  );
}
