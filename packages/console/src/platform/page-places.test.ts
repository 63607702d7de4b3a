import { describe, expect, it, test } from 'vitest';
import { pagesInSight, rowsOf } from './page-places.ts';

describe('pagesInSight', () => {
  test.each([
    [0, 0, [0, 1]],
    [0, 99, [0, 1]],
    [95, 110, [0, 1, 2]],
    [19_950, 19_999, [198, 199, 200]],
    // Nothing is in sight yet.
    [1, 0, [0, 1]],
  ])('rows %d to %d', (first, last, pages) => {
    expect(pagesInSight(first, last, 100)).toEqual(pages);
  });
});

describe('rowsOf', () => {
  it('puts what is loaded into its places', () => {
    const loaded = [
      { page: 1, items: ['c', 'd'] },
      { page: 3, items: ['g'] },
    ];

    expect(rowsOf(loaded, 7, 2)).toEqual([undefined, undefined, 'c', 'd', undefined, undefined, 'g']);
  });

  it('leaves out what came before the list became shorter', () => {
    expect(rowsOf([{ page: 0, items: ['a', 'b', 'c'] }], 2, 3)).toEqual(['a', 'b']);
  });
});
