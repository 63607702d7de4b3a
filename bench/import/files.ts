import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { detectFeed, HEAD_BYTES } from '@patchsteward/feeds';

/** The file of a feed, as its publisher serves it. */
export interface FeedBytes {
  readonly feed: string;
  /** Below the folder. */
  readonly path: string;
  readonly bytes: Buffer;
}

/** Every file of a folder that holds a feed, by path. */
export async function feedsIn(folder: string): Promise<FeedBytes[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const feeds: FeedBytes[] = [];
  for (const path of paths.sort()) {
    const bytes = await readFile(path);
    const feed = detectFeed(path, bytes.subarray(0, HEAD_BYTES));
    if (feed !== null) feeds.push({ feed, path: path.slice(folder.length + 1), bytes });
  }
  return feeds;
}
