import type { FeedDetail, FeedImported } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Actor } from '../platform/corridor.ts';
import { actorOf } from '../platform/http/actor.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { importCsafFile, wantedDocuments } from './csaf-import.ts';
import { feedBody } from './feeds-body.ts';
import { exportOsv } from './feeds-export.ts';
import { type FetchTools, fetchFeed } from './feeds-fetch.ts';
import { type FeedFile, withSavedFeed } from './feeds-file.ts';
import { importFeed } from './feeds-import.ts';
import { addFeed, changeFeed, removeFeed } from './feeds-perform.ts';
import { feedEntries, feedNamed } from './feeds-registry.ts';
import { readFeedRows, readQuarantine, readScopes } from './feeds-store.ts';
import { countingBody } from './fleet-group-page.ts';
import { lookAtProvider, pinKeys } from './provider-keys.ts';
import { readPinnedKeys } from './provider-store.ts';

/** A person waits for no fetch longer than for an answer to a request. */
const FETCH_MS_MAX = 280_000;

/** Metadata and keys are small; whoever looks sits before the screen. */
const LOOK_MS_MAX = 30_000;

type FeedRouteId =
  | 'feed.list'
  | 'feed.show'
  | 'feed.export'
  | 'feed.add'
  | 'feed.change'
  | 'feed.remove'
  | 'feed.import'
  | 'feed.wanted'
  | 'feed.fetch'
  | 'feed.pin-keys'
  | 'provider.look';

export function feedRoutes(tools: FetchTools): Handlers<FeedRouteId> {
  const { db, mirrors } = tools;
  return {
    'feed.list': async ({ now }) => ({
      items: feedEntries(await readFeedRows(db), mirrors).map((entry) => feedBody(entry, now)),
      ...(await countingBody(db, now)),
    }),
    'feed.show': ({ params, now }) => detailOf(tools, params.feed, now),
    'feed.export': async ({ query, now }) => {
      if (query.feed !== undefined) feedNamed(await readFeedRows(db), mirrors, query.feed);
      const day = new Date(now).toISOString().slice(0, 10);
      const bytes = exportOsv(db, query, now);
      return { bytes, mediaType: 'application/jsonl', fileName: `patchsteward-osv-${day}.jsonl` };
    },
    'feed.add': async ({ body, principal, now }) => {
      await addFeed(tools, body, { actor: actorOf(principal), at: now });
      return detailOf(tools, body.feed, now);
    },
    'feed.change': async ({ params, body, principal, now }) => {
      await changeFeed(tools, params.feed, body.enabled, { actor: actorOf(principal), at: now });
      return detailOf(tools, params.feed, now);
    },
    'feed.remove': async ({ params, principal, now }) => {
      await removeFeed(tools, params.feed, { actor: actorOf(principal), at: now });
      return {};
    },
    'feed.import': ({ params, body, principal }) =>
      withSavedFeed(tools.scratchDirectory, body.stream, null, (file) =>
        importFile(tools, params.feed, file, actorOf(principal)),
      ),
    'feed.wanted': async ({ params, body }) => {
      feedNamed(await readFeedRows(db), mirrors, params.feed);
      return { sha256: await wantedDocuments(db, params.feed, body.sha256) };
    },
    'feed.fetch': ({ params, principal }) =>
      fetchFeed(tools, params.feed, actorOf(principal), AbortSignal.timeout(FETCH_MS_MAX)),
    'feed.pin-keys': async ({ params, body, principal, now }) => {
      await pinKeys(tools, params.feed, body, { actor: actorOf(principal), at: now });
      return detailOf(tools, params.feed, now);
    },
    'provider.look': ({ body }) => lookAtProvider(tools, body.url, AbortSignal.timeout(LOOK_MS_MAX)),
  };
}

/** Documents of CSAF are checked by what stands beside each; of all others the file is what was published. */
async function importFile(tools: FetchTools, feed: string, file: FeedFile, actor: Actor): Promise<FeedImported> {
  const { form } = feedNamed(await readFeedRows(tools.db), tools.mirrors, feed);
  return form === 'csaf' ? importCsafFile(tools, feed, file, actor) : importFeed(tools, feed, file, actor);
}

async function detailOf({ db, mirrors }: FetchTools, feed: string, now: Instant): Promise<FeedDetail> {
  const entry = feedNamed(await readFeedRows(db), mirrors, feed);
  const [scopes, quarantine, fingerprints] = await Promise.all([
    readScopes(db, feed),
    readQuarantine(db, feed),
    readPinnedKeys(db, feed),
  ]);
  return { ...feedBody(entry, now), scopes, quarantine: [...quarantine], fingerprints: [...fingerprints] };
}
