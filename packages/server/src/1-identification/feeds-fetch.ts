import { FEED_BYTES_MAX, type FeedImported } from '@patchsteward/contract';
import type { FeedOrigin, FeedResponse } from '../connectors/feed-origin.ts';
import { isRpmRepository } from '../connectors/rpm-repository.ts';
import type { Actor } from '../platform/corridor.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { withSavedFeed } from './feeds-file.ts';
import { type ImportTools, importFeed, unchanged } from './feeds-import.ts';
import { fetchProvider } from './feeds-provider.ts';
import { feedNamed } from './feeds-registry.ts';
import { fetchRepository } from './feeds-repository.ts';
import { FEED_READER } from './feeds-rows.ts';
import { type FeedRow, readFeedRows, storeConfirmed, storeFailure } from './feeds-store.ts';

export interface FetchTools extends ImportTools {
  readonly origin: FeedOrigin;
  /** Where a file lies while it is imported. */
  readonly scratchDirectory: string;
}

/** Fetches a feed from its address and takes it over. A publisher that says "not modified" confirms what we have. */
export async function fetchFeed(
  tools: FetchTools,
  feed: string,
  actor: Actor,
  signal: AbortSignal,
): Promise<FeedImported> {
  const started = tools.clock();
  const rows = await readFeedRows(tools.db);
  const known = rows.get(feed);
  const { url, form } = feedNamed(rows, tools.mirrors, feed);
  if (url === null) throw new Refusal('feed-without-address', `${feed} has no address to ask.`);
  if (form === 'csaf') return fetchProvider(tools, { feed, url, known }, actor, signal);
  if (form === 'updateinfo' && isRpmRepository(url)) return fetchRepository(tools, { feed, url }, actor, signal);
  const response = await ask(tools, feed, { url, etag: etagOf(known), bytesMax: FEED_BYTES_MAX, signal });
  if (response.kind === 'not-modified' && known !== undefined) {
    await storeConfirmed(tools.db, feed, tools.clock(), { etag: known.etag });
    return unchanged(tools, feed, known, started);
  }
  if (response.kind === 'not-modified')
    throw new Refusal('feed-unreachable', `${url} confirms what was never fetched.`);
  return withSavedFeed(tools.scratchDirectory, response.body, { url, etag: response.etag }, (file) =>
    importFeed(tools, feed, file, actor),
  ).catch((error: unknown) => keepingFailure(tools, feed, error));
}

async function ask(tools: FetchTools, feed: string, wanted: Parameters<FeedOrigin['fetch']>[0]): Promise<FeedResponse> {
  return tools.origin.fetch(wanted).catch((error: unknown) => keepingFailure(tools, feed, error));
}

/** The import keeps its own failures; here those of the way to it. */
async function keepingFailure(tools: FetchTools, feed: string, error: unknown): Promise<never> {
  if (error instanceof Refusal && error.code === 'feed-unreachable') {
    await storeFailure(tools.db, feed, tools.clock(), error.message);
  }
  throw error;
}

/** What an older reader made of the file is to be read again, even if the file is the same. */
function etagOf(known: FeedRow | undefined): string | null {
  return known?.reader === FEED_READER ? known.etag : null;
}
