import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Instant } from '@patchsteward/core/vocabulary';
import { detectFeed, HEAD_BYTES } from '@patchsteward/feeds';
import { Refusal } from '../platform/http/refusal.ts';
import type { Log } from '../platform/log.ts';
import { messageOf } from '../platform/system-error.ts';
import { type FeedFile, withSavedFeed } from './feeds-file.ts';

const LOOK_EVERY_MS = 5_000;
/** A file that changed this recently is still being copied. */
const SETTLED_AFTER_MS = 1_000;
const FILES_MAX = 10_000;
const DEPTH_MAX = 4;

export interface FolderOptions {
  readonly directory: string;
  readonly scratchDirectory: string;
  /** For tests, which are in more of a hurry. */
  readonly lookEveryMs?: number;
  readonly clock: () => Instant;
  readonly log: Log;
  readonly importFile: (feed: string, file: FeedFile) => Promise<unknown>;
}

interface SeenFile {
  readonly path: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly changedAt: Instant;
}

/** Imports the feeds of a folder now and whenever a file in it is new or changes: how feeds come to a server without a network. */
export class FeedFolder {
  readonly #options: FolderOptions;
  /** By path: size and time of what was looked at last. */
  readonly #known = new Map<string, string>();
  readonly #stop = new AbortController();
  readonly #watching: Promise<void>;

  constructor(options: FolderOptions) {
    this.#options = options;
    this.#watching = this.#watch();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#watching;
  }

  async #watch(): Promise<void> {
    const { directory, log, lookEveryMs = LOOK_EVERY_MS } = this.#options;
    let complaint = '';
    while (!this.#stop.signal.aborted) {
      try {
        await this.#look();
        complaint = '';
      } catch (error) {
        // Said once, not at every look.
        if (messageOf(error) !== complaint)
          log.warn({ err: error, directory }, `the folder of feeds cannot be read: ${messageOf(error)}`);
        complaint = messageOf(error);
      }
      await pause(lookEveryMs, this.#stop.signal);
    }
  }

  /** Oldest first, so that of two files of one feed the newer one stands. */
  async #look(): Promise<void> {
    const { clock, directory } = this.#options;
    const files = await listFiles(directory, DEPTH_MAX);
    for (const file of files.sort((a, b) => a.changedAt - b.changedAt)) {
      const mark = `${file.sizeBytes} ${file.changedAt}`;
      if (this.#known.get(file.path) === mark || clock() - file.changedAt < SETTLED_AFTER_MS) continue;
      if (this.#stop.signal.aborted) return;
      if (await this.#take(file)) this.#known.set(file.path, mark);
    }
  }

  /** False: to be tried again at the next look. */
  async #take(file: SeenFile): Promise<boolean> {
    const { importFile, log, scratchDirectory } = this.#options;
    const feed = detectFeed(file.name, await readHead(file.path));
    if (feed === null) return true;
    try {
      await withSavedFeed(scratchDirectory, createReadStream(file.path), null, (saved) => importFile(feed, saved));
      log.info({ feed, file: file.path }, 'feed imported from the folder');
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      log.info({ feed, file: file.path, code: error.code }, `feed not imported from the folder: ${error.message}`);
      return error.code !== 'feed-busy';
    }
  }
}

async function listFiles(directory: string, depth: number): Promise<SeenFile[]> {
  const files: SeenFile[] = [];
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory() && depth > 1) files.push(...(await listFiles(path, depth - 1)));
    if (!entry.isFile()) continue;
    const { size, mtimeMs } = await stat(path);
    files.push({ path, name: entry.name, sizeBytes: size, changedAt: mtimeMs });
    if (files.length > FILES_MAX) throw new RangeError(`${directory} holds more than ${FILES_MAX} files`);
  }
  return files;
}

async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Until the time is over or the watch ends. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
