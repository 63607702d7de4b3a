import { Refusal } from '../platform/http/refusal.ts';
import type { FeedOrigin } from './feed-origin.ts';

/** Asks for small files as a whole. Refuses with `feed-unreachable` and `feed-unreadable`. */
export type Asking = (url: string, bytesMax: number) => Promise<Buffer>;

export function askingOf(origin: FeedOrigin, signal: AbortSignal): Asking {
  return async (url, bytesMax) => {
    const response = await origin.fetch({ url, etag: null, bytesMax, signal });
    if (response.kind === 'not-modified')
      throw new Refusal('feed-unreachable', `${url} confirms what was never asked.`);
    const chunks: Buffer[] = [];
    for await (const chunk of response.body as AsyncIterable<Buffer>) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
}

/** null: it is not there, or cannot be reached. What it is to be checked by decides what that means. */
export async function ifThere(bytes: Promise<Buffer>): Promise<Buffer | null> {
  try {
    return await bytes;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'feed-unreachable') return null;
    throw error;
  }
}
