import type { FeedBody } from '@patchsteward/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ComponentType, lazy, Suspense } from 'react';
import { Action } from '../parts/action.tsx';
import { Clock } from '../parts/clock.tsx';
import { DangerIcon, GoodIcon, NotJudgedIcon, WarningIcon } from '../parts/icons.ts';
import { Failed, Freshness, Loading } from '../parts/states.tsx';
import { Tag, type Tone } from '../parts/tag.tsx';
import { useShortcut } from '../platform/keys.ts';
import { useForbidden } from '../platform/session.ts';
import { numberText, strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { Fact } from './asset-facts.tsx';
import { FeedChoice } from './feed-choice.tsx';
import { FeedImport } from './feed-import.tsx';
import { feedList } from './queries.ts';

// What few look at comes when they do.
const AddFeed = lazy(async () => ({ default: (await import('./add-feed.tsx')).AddFeed }));
const FeedKeys = lazy(async () => ({ default: (await import('./feed-keys.tsx')).FeedKeys }));

const words = strings.feeds;
const route = getRouteApi('/inside/feeds');

const STATES = {
  off: { tone: 'plain', icon: NotJudgedIcon },
  'never-imported': { tone: 'warning', icon: NotJudgedIcon },
  fresh: { tone: 'good', icon: GoodIcon },
  stale: { tone: 'warning', icon: WarningIcon },
  failed: { tone: 'danger', icon: DangerIcon },
} as const satisfies Record<FeedBody['state'], { tone: Tone; icon: ComponentType }>;

/** What assets are judged by, how old it is, and how to renew it. // SOP P1.1 */
export function FeedsScreen() {
  const { form } = route.useSearch();
  const navigate = route.useNavigate();
  const setAdding = (adding: boolean): void =>
    void navigate({ search: adding ? { form: 'add' } : {}, replace: true, resetScroll: false });
  const forbidden = useForbidden('administrator');
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
      {form === 'add' ? (
        <Suspense fallback={<Loading />}>
          <AddFeed onClose={() => setAdding(false)} />
        </Suspense>
      ) : (
        <p className="ps-tools">
          <Action disabledReason={forbidden} onAct={() => setAdding(true)}>
            {words.add}
          </Action>
        </p>
      )}
      {feeds.isPending && <Loading />}
      {feeds.data === undefined && feeds.isError && <Failed error={feeds.error} onAgain={refresh} />}
      {feeds.data !== undefined && <Feeds feeds={feeds.data.items} />}
    </>
  );
}

/** What is in use first; what is off is shorter. */
function Feeds({ feeds }: { readonly feeds: readonly FeedBody[] }) {
  const off = feeds.filter(({ state }) => state === 'off');
  return (
    <>
      {feeds
        .filter(({ state }) => state !== 'off')
        .map((feed) => (
          <Feed key={feed.feed} feed={feed} />
        ))}
      {off.length > 0 && (
        <>
          <h2>{words.more}</h2>
          <p>{words.moreLead}</p>
        </>
      )}
      {off.map((feed) => (
        <section key={feed.feed} className="ps-panel ps-feed" aria-label={feed.title}>
          <h3>{feed.title}</h3>
          <p className="ps-break ps-subtle">{feed.url ?? words.filesAlone}</p>
          <FeedChoice feed={feed} />
          <FeedImport feed={feed} />
        </section>
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
          <span className="ps-break">{feed.url ?? words.filesAlone}</span>
        </Fact>
        <Fact term={words.fetched}>
          {feed.enabled ? words.fetchedYes : words.fetchedNo}
          {feed.nextAttemptAt !== null && (
            <span className="ps-second">
              {words.nextAttempt}: <Clock at={feed.nextAttemptAt} form="relative" />
            </span>
          )}
        </Fact>
      </dl>
      {feed.state === 'never-imported' && <p>{words.neverWhatToDo}</p>}
      <FeedImport feed={feed} />
      <FeedChoice feed={feed} />
      {feed.form === 'csaf' && feed.url !== null && <KeysOf feed={feed} />}
    </section>
  );
}

/** The keys of a provider, for whoever asks; one that fails may have changed them. */
function KeysOf({ feed }: { readonly feed: FeedBody }) {
  const { keys } = route.useSearch();
  const navigate = route.useNavigate();
  const shown = keys === feed.feed;
  return (
    <>
      <div className="ps-form-actions">
        <Action
          disabledReason={null}
          expanded={shown}
          label={shown ? `${strings.provider.hideKeys}: ${feed.title}` : strings.provider.keysOf(feed.title)}
          onAct={() => void navigate({ search: shown ? {} : { keys: feed.feed }, replace: true, resetScroll: false })}
        >
          {shown ? strings.provider.hideKeys : strings.provider.keys}
        </Action>
      </div>
      {shown && (
        <Suspense fallback={<Loading />}>
          <FeedKeys feed={feed} />
        </Suspense>
      )}
    </>
  );
}
