import { expect, it } from 'vitest';
import { FEED_IDS, FEEDS } from './feed.ts';

it.each(FEED_IDS)('%s is fetched from its publisher over TLS', (id) => {
  const feed = FEEDS[id];

  expect(feed.id).toBe(id);
  expect(new URL(feed.url).protocol).toBe('https:');
  expect(feed.title).not.toBe('');
  expect(feed.staleAfterMs).toBeGreaterThan(0);
});
