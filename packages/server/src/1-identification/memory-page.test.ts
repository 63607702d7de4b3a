import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { memoryPage, patternsOf, wordsIn } from './memory-page.ts';

const ITEMS = [3, 1, 2, 5, 4].map((rank) => ({ rank, name: `item-${rank}` }));
const Place = z.tuple([z.number(), z.string()]);

function page(items: readonly { rank: number; name: string }[], query: { limit: number; cursor?: string }) {
  return memoryPage(items, query, ({ name, rank }): [number, string] => [rank, name], Place);
}

describe('a page of a computed list', () => {
  it('is in order, says how many there are, and leads to the next', () => {
    const first = page(ITEMS, { limit: 2 });
    expect(first).toMatchObject({ items: [{ rank: 1 }, { rank: 2 }], total: 5 });

    const second = page(ITEMS, { limit: 3, cursor: first.next ?? '' });
    expect(second).toMatchObject({ items: [{ rank: 3 }, { rank: 4 }, { rank: 5 }], next: null });
  });

  it('shows nothing twice where an item came in between', () => {
    const { next } = page(ITEMS, { limit: 2 });

    const second = page([...ITEMS, { rank: 0, name: 'new' }], { limit: 10, cursor: next ?? '' });

    expect(second.items.map(({ rank }) => rank)).toEqual([3, 4, 5]);
  });

  it('refuses a cursor that it did not give', () => {
    expect(() => page(ITEMS, { limit: 2, cursor: 'WzEsMl0' })).toThrow(
      expect.objectContaining({ code: 'bad-request' }),
    );
  });
});

it.each([
  [undefined, true],
  ['', true],
  ['CURL cve', true],
  ['bash', false],
  ['curl bash', false],
])('the words %j are in a text: %s', (search, found) => {
  expect(wordsIn(search)('curl', 'CVE-2026-0001')).toBe(found);
});

it('patterns take what a person types as it is', () => {
  expect(patternsOf(' 100% a_b \\ ')).toEqual(['%100\\%%', '%a\\_b%', '%\\\\%']);
});
