import { HOUR_MS } from '@patchsteward/core/vocabulary';
import { beforeEach, expect, test } from 'vitest';
import { createSectionLimit } from './section-limit.ts';

const NOW = 1_000_000;
const MEBIBYTE = 1024 * 1024;
let limit: ReturnType<typeof createSectionLimit>;

beforeEach(() => {
  limit = createSectionLimit();
});

/** Bytes that are counted and never made. */
function bytes(length: number): () => Promise<Uint8Array> {
  return () => Promise.resolve(Object.create(Uint8Array.prototype, { length: { value: length } }));
}

test('a host that sent its share waits for the rest of the hour', async () => {
  for (let section = 0; section < 8; section += 1) await limit('host-1', NOW, bytes(32 * MEBIBYTE));

  await expect(limit('host-1', NOW + HOUR_MS - 5_000, bytes(1))).rejects.toMatchObject({
    code: 'rate-limited',
    retryAfterSeconds: 5,
  });
  await expect(limit('host-1', NOW + HOUR_MS, bytes(1))).resolves.toHaveLength(1);
});

test('a clock that is set back makes nobody wait for longer', async () => {
  await limit('host-1', NOW, bytes(256 * MEBIBYTE));

  await expect(limit('host-1', NOW - 1, bytes(1))).resolves.toHaveLength(1);
});

test('other hosts do not wait', async () => {
  await limit('host-1', NOW, bytes(256 * MEBIBYTE));

  await expect(limit('host-2', NOW, bytes(1))).resolves.toHaveLength(1);
});

test('four at once are read, the fifth is not, and a failed one gives its place back', async () => {
  const ends = Array.from({ length: 4 }, () => Promise.withResolvers<Uint8Array>());
  const running = ends.map(({ promise }) => limit('host-1', NOW, () => promise));

  await expect(limit('host-1', NOW, bytes(1))).rejects.toMatchObject({ code: 'rate-limited' });
  ends[0]?.reject(new Error('the line broke'));
  await expect(running[0]).rejects.toThrow('the line broke');

  await expect(limit('host-1', NOW, bytes(1))).resolves.toHaveLength(1);
  for (const { resolve } of ends.slice(1)) resolve(new Uint8Array(1));
  await Promise.all(running.slice(1));
});
