import { actorOf } from '../platform/http/actor.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { feedBodies } from './feeds-body.ts';
import { type FetchTools, fetchFeed } from './feeds-fetch.ts';
import { withSavedFeed } from './feeds-file.ts';
import { importFeed } from './feeds-import.ts';
import { readFeedRows } from './feeds-store.ts';

/** A person waits for no fetch longer than for an answer to a request. */
const FETCH_MS_MAX = 280_000;

export function feedRoutes(tools: FetchTools): Handlers<'feed.list' | 'feed.import' | 'feed.fetch'> {
  return {
    'feed.list': async ({ now }) => ({ items: feedBodies(await readFeedRows(tools.db), tools.urlOf, now) }),
    'feed.import': ({ params, body, principal }) =>
      withSavedFeed(tools.scratchDirectory, body.stream, null, (file) =>
        importFeed(tools, params.feed, file, actorOf(principal)),
      ),
    'feed.fetch': ({ params, principal }) =>
      fetchFeed(tools, params.feed, actorOf(principal), AbortSignal.timeout(FETCH_MS_MAX)),
  };
}
