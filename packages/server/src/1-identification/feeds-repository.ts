import { Readable } from 'node:stream';
import type { FeedImported } from '@patchsteward/contract';
import { askingOf } from '../connectors/origin-bytes.ts';
import { updateinfoOf } from '../connectors/rpm-repository.ts';
import type { Actor } from '../platform/corridor.ts';
import { keepingFailure } from './feeds-failure.ts';
import type { FetchTools } from './feeds-fetch.ts';
import { withSavedFeed } from './feeds-file.ts';
import { importFeed } from './feeds-import.ts';

/** Takes over the list of updates of an rpm repository, which its index names with its checksum. */
export async function fetchRepository(
  tools: FetchTools,
  { feed, url }: { readonly feed: string; readonly url: string },
  actor: Actor,
  signal: AbortSignal,
): Promise<FeedImported> {
  const found = await keepingFailure(tools, feed, () => updateinfoOf(askingOf(tools.origin, signal), url));
  return withSavedFeed(tools.scratchDirectory, Readable.from([found.bytes]), { url: found.url, etag: null }, (file) =>
    importFeed(tools, feed, file, actor),
  );
}
