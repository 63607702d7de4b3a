import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Instant, MINUTE_MS } from '@patchsteward/core/vocabulary';
import { detectFeed, HEAD_BYTES, headBytesFor, isCsafDocument } from '@patchsteward/feeds';
import { Refusal } from '../platform/http/refusal.ts';
import type { Log } from '../platform/log.ts';
import { codeOf, messageOf } from '../platform/system-error.ts';
import { diskFolder } from './document-folder.ts';
import { type FeedFile, withSavedFeed } from './feeds-file.ts';

const LOOK_EVERY_MS = 5_000;
/** A file that changed this recently is still being copied. */
const SETTLED_AFTER_MS = 1_000;
const FILES_MAX = 10_000;
/** A provider's folder may have a million files: to look whether one of them changed takes seconds. */
const PROVIDER_LOOK_EVERY_MS = 10 * MINUTE_MS;
const DEPTH_MAX = 4;

export interface FolderOptions {
  readonly directory: string;
  readonly scratchDirectory: string;
  /** For tests, which are in more of a hurry. */
  readonly lookEveryMs?: number;
  readonly clock: () => Instant;
  readonly log: Log;
  readonly importFile: (feed: string, file: FeedFile) => Promise<unknown>;
  /** The feeds of CSAF providers: a folder of this name holds documents of that provider. */
  readonly providers: () => Promise<readonly string[]>;
  readonly importProvider: (feed: string, directory: string) => Promise<unknown>;
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
  /** By feed: when its folder was looked at last. */
  readonly #lookedAt = new Map<string, Instant>();
  /** Folders of documents of which it was said that nobody knows whose they are. */
  readonly #told = new Set<string>();
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
    const { clock, directory, providers } = this.#options;
    const feeds = await providers();
    for (const feed of feeds) await this.#lookAtProvider(feed);
    const files = await listFiles(directory, DEPTH_MAX, feeds);
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
    const head = await readHead(file.path);
    const feed = detectFeed(file.name, head);
    if (feed === null) {
      this.#tellDocuments(file, head);
      return true;
    }
    const work = () =>
      withSavedFeed(scratchDirectory, createReadStream(file.path), null, (saved) => importFile(feed, saved));
    return this.#attempt(feed, file.path, log, work);
  }

  /** A mirror of a provider, as soon as nothing in it has changed for a while. */
  async #lookAtProvider(feed: string): Promise<void> {
    const { clock, importProvider, log, lookEveryMs = PROVIDER_LOOK_EVERY_MS } = this.#options;
    const directory = join(this.#options.directory, feed);
    if (clock() - (this.#lookedAt.get(feed) ?? 0) < lookEveryMs || this.#stop.signal.aborted) return;
    this.#lookedAt.set(feed, clock());
    const mark = await markOf(directory, clock() - SETTLED_AFTER_MS);
    if (mark === null || this.#known.get(directory) === mark) return;
    const isTaken = await this.#attempt(feed, directory, log, () => importProvider(feed, directory));
    if (isTaken) this.#known.set(directory, mark);
  }

  /** False: to be tried again at the next look. */
  async #attempt(feed: string, path: string, log: Log, work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      log.info({ feed, file: path }, 'feed imported from the folder');
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      log.info({ feed, file: path, code: error.code }, `feed not imported from the folder: ${error.message}`);
      return error.code !== 'feed-busy';
    }
  }

  /** Whose documents they are, nothing in them says: the name of their folder has to. Said once for each folder. */
  #tellDocuments({ path }: SeenFile, head: Uint8Array): void {
    const directory = dirname(path);
    if (this.#told.has(directory) || !isCsafDocument(head)) return;
    this.#told.add(directory);
    this.#options.log.warn(
      { directory },
      `CSAF documents in ${directory} are not imported: put them into a folder that has the name of their provider's feed`,
    );
  }
}

/** Of all files of a folder, their sizes and times; null: there is none, or it is still being copied. */
async function markOf(directory: string, before: Instant): Promise<string | null> {
  const folder = await diskFolder(directory).catch((error: unknown) => {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  });
  if (folder === null || folder.names.length === 0) return null;
  const hash = createHash('sha256');
  for (const name of folder.names) {
    const { size, mtimeMs } = await stat(join(directory, name));
    if (mtimeMs > before) return null;
    hash.update(`${name} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** `apart`: folders at the top that are looked at as a whole. */
async function listFiles(directory: string, depth: number, apart: readonly string[] = []): Promise<SeenFile[]> {
  const files: SeenFile[] = [];
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory() && apart.includes(entry.name)) continue;
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
    const read = async (bytesMax: number) => {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(bytesMax), 0, bytesMax, 0);
      return buffer.subarray(0, bytesRead);
    };
    const head = await read(HEAD_BYTES);
    const bytes = headBytesFor(head);
    return bytes > HEAD_BYTES ? await read(bytes) : head;
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
