import { FeedUnreadable } from '@patchsteward/feeds';
import { Refusal } from '../platform/http/refusal.ts';
import type { ImportTools } from './feeds-import.ts';
import { storeFailure } from './feeds-store.ts';

/** Whatever goes wrong before anything is imported is the feed's failure, with its reason. */
export async function keepingFailure<T>(
  tools: Pick<ImportTools, 'db' | 'clock'>,
  feed: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const refusal = error instanceof FeedUnreadable ? new Refusal('feed-unreadable', `${error.message}.`) : error;
    if (refusal instanceof Refusal) await storeFailure(tools.db, feed, tools.clock(), refusal.message);
    throw refusal;
  }
}
