import { FeedUnreadable } from '../feed-unreadable.ts';

/** How reading fails: `damaged: the gzip data is damaged`. */
export function faultOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof FeedUnreadable) return `${error.code}: ${error.problem}`;
    throw error;
  }
  return 'none';
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
