import { readFileSync } from 'node:fs';
import { FeedUnreadable } from '@patchsteward/feeds';
import { type FeedRows, type ReadableFeed, readFeed } from './feeds-rows.ts';

/** What the thread is told. */
export interface ReaderOrder {
  readonly feed: ReadableFeed;
  readonly path: string;
}

/** What a thread says; anything else ends it with an error. */
export type ReaderAnswer =
  | { readonly kind: 'read'; readonly rows: FeedRows }
  | { readonly kind: 'unreadable'; readonly problem: string; readonly whatToDo: string };

export function answerTo({ feed, path }: ReaderOrder): ReaderAnswer {
  try {
    return { kind: 'read', rows: readFeed(feed, readFileSync(path)) };
  } catch (error) {
    if (error instanceof FeedUnreadable)
      return { kind: 'unreadable', problem: error.problem, whatToDo: error.whatToDo };
    throw error;
  }
}
