import { once } from 'node:events';
import { open, stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { FEED_BYTES_MAX } from '@patchsteward/contract';
import { Refusal } from '../platform/http/refusal.ts';
import { answerTo, type ReaderAnswer, type ReaderOrder } from './feeds-answer.ts';
import type { FeedRows, ReadableFeed } from './feeds-rows.ts';

/** The whole Debian export, unpacked and taken apart, needs below one gigabyte. */
const HEAP_MIB_MAX = 4_096;

/** Parsed in a few milliseconds. */
const SMALL_BYTES_MAX = 64 * 1024;
/** gzip (RFC 1952 §2.3.1) and zip (APPNOTE §4.3.7). */
const PACKED_BEGINNINGS = [Buffer.of(0x1f, 0x8b), Buffer.from('PK')];

/** Reads the file of a feed. Refuses with `feed-unreadable` where it is not what it should be. */
export async function readFeedFile(feed: ReadableFeed, path: string): Promise<FeedRows> {
  await refuseLarge(path);
  const answer = (await isSmall(path)) ? answerTo({ feed, path }) : await askThread({ feed, path });
  if (answer.kind === 'read') return answer.rows;
  throw new Refusal('feed-unreadable', `The file cannot be used as ${feed.id}: ${answer.problem}; ${answer.whatToDo}.`);
}

/** Counted before it is read: it would be in memory as a whole. */
async function refuseLarge(path: string): Promise<void> {
  const { size } = await stat(path);
  if (size <= FEED_BYTES_MAX) return;
  const [is, most] = [size, FEED_BYTES_MAX].map((bytes) => `${Math.floor(bytes / (1024 * 1024))} MiB`);
  throw new Refusal('feed-unreadable', `The file has ${is}, more than the ${most} that any feed has.`);
}

/** Small as it lies there, and not packed: what it holds is read sooner than a thread begins. */
async function isSmall(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    const packed = bytesRead === 2 && PACKED_BEGINNINGS.some((beginning) => buffer.equals(beginning));
    return size <= SMALL_BYTES_MAX && !packed;
  } finally {
    await file.close();
  }
}

/** Half a second of parsing must not keep a request waiting. */
async function askThread(order: ReaderOrder): Promise<ReaderAnswer> {
  const thread = idle.pop() ?? beginThread();
  thread.ref();
  try {
    thread.postMessage(order);
    // A thread that fails emits `error`, which rejects here.
    const [answer] = (await once(thread, 'message')) as [ReaderAnswer];
    keepForAWhile(thread);
    return answer;
  } catch (error) {
    await thread.terminate();
    throw error;
  }
}

/**
 * A thread that has read waits this long for the next file: it takes longer to begin than most files to be read. What was
 * read is merged and judged before the next one, which takes up to half a minute.
 */
const IDLE_MS_MAX = 60_000;
const idle: Worker[] = [];

function beginThread(): Worker {
  return new Worker(new URL('./feeds-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB_MAX },
  });
}

/** One is enough; and no process waits for it. */
function keepForAWhile(thread: Worker): void {
  thread.unref();
  if (idle.length > 0) {
    void thread.terminate();
    return;
  }
  idle.push(thread);
  const end = (): void => {
    const at = idle.indexOf(thread);
    if (at === -1) return;
    idle.splice(at, 1);
    void thread.terminate();
  };
  setTimeout(end, IDLE_MS_MAX).unref();
}
