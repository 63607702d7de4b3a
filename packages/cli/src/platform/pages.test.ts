import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemsMaxOf, readPages, SHOWN_OF_FLEET } from './pages.ts';

/** A list of this length, in pages of at most this size, and what was asked of it. */
function listOf(length: number, pageMax: number) {
  const asked: { cursor: string | undefined; limit: number }[] = [];
  const read = (query: { cursor: string | undefined; limit: number }) => {
    asked.push(query);
    const start = Number(query.cursor ?? 0);
    const end = Math.min(length, start + Math.min(query.limit, pageMax));
    const items = Array.from({ length: end - start }, (_, index) => start + index);
    return Promise.resolve({ items, next: end < length ? String(end) : null, total: length });
  };
  return { asked, read };
}

describe('pages', () => {
  it('are read one after the other until there is no more', async () => {
    const { asked, read } = listOf(1_203, 500);
    const seen: number[] = [];

    const answer = await readPages(read, 1_000_000, (count) => seen.push(count));

    expect(answer).toEqual({ items: Array.from({ length: 1_203 }, (_, item) => item), next: null, total: 1_203 });
    expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, '500', '1000']);
    expect(seen).toEqual([500, 1_000]);
  });

  it('end where the person wants no more, and say that there is more', async () => {
    const { asked, read } = listOf(1_203, 500);

    const { items, next } = await readPages(read, 600, () => {});

    expect([items.length, next]).toEqual([600, '600']);
    expect(asked.map(({ limit }) => limit)).toEqual([500, 100]);
  });

  it('that hold nothing and promise more do not go on without an end', async () => {
    const read = () => Promise.resolve({ items: [], next: 'again', total: 1 });

    expect(await readPages(read, 100, () => {})).toEqual({ items: [], next: null, total: 1 });
  });

  it('give each item once, in order, however long list and pages are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(40),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 50 }),
        async (length, pageMax, wanted) => {
          const { items, next } = await readPages(listOf(length, pageMax).read, wanted, () => {});

          expect(items).toEqual(Array.from({ length: Math.min(length, wanted) }, (_, item) => item));
          expect(next === null).toBe(items.length === length);
        },
      ),
    );
  });
});

describe('a list is read', () => {
  it.each([
    ['as far as a person looks', {}, SHOWN_OF_FLEET],
    ['whole where the person asks for it', { all: true }, 1_000_000],
    ['whole for a program, which would not notice', { json: true }, 1_000_000],
    ['as far as was said', { limit: 7 }, 7],
    ['as far as was said, also for a program', { limit: 7, json: true }, 7],
  ] as const)('%s', (_, options, expected) => {
    expect(itemsMaxOf(options, SHOWN_OF_FLEET)).toBe(expected);
  });
});
