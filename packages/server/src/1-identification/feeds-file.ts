import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Quarantined } from '@patchsteward/feeds';
import type { SourceCheck } from '../connectors/csaf-document.ts';
import type { AdvisorySource } from './advisory-sources.ts';

/** The file of a feed on our disk, exactly as it came. */
export interface FeedFile {
  readonly path: string;
  /** Of the bytes as they came: `sha256:<hex>`. */
  readonly sha256: string;
  /** Where it was served from and under which entity tag; null: it came from a person or a folder. */
  readonly served: { readonly url: string; readonly etag: string | null } | null;
  /** What belongs to it and was refused on the way; absent: nothing was. */
  readonly refused?: readonly Quarantined[];
  /** The documents that its lines were, and how each was checked; absent: the file itself was published. */
  readonly documents?: readonly AdvisorySource[];
  /** By what the file itself was checked; absent: by nothing. */
  readonly check?: SourceCheck;
}

/** Saves a stream in a folder of its own for as long as `work` takes; half a gigabyte does not belong in memory. */
export async function withSavedFeed<T>(
  scratchDirectory: string,
  source: Readable,
  served: FeedFile['served'],
  work: (file: FeedFile) => Promise<T>,
): Promise<T> {
  await mkdir(scratchDirectory, { recursive: true });
  const directory = await mkdtemp(join(scratchDirectory, 'feed-'));
  try {
    const path = join(directory, 'file');
    const hash = createHash('sha256');
    await pipeline(
      source,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          yield chunk;
        }
      },
      createWriteStream(path, { flags: 'wx', mode: 0o600 }),
    );
    return await work({ path, sha256: `sha256:${hash.digest('hex')}`, served });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
