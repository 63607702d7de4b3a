import { describe, expect, it, test } from 'vitest';
import { headingFrom, pagesInSight, rowsOf } from './page-places.ts';

describe('pagesInSight', () => {
  test.each([
    // Nothing is known of the list yet.
    [0, 0, 'none', undefined, [0]],
    [1, 0, 'none', 20_000, [0, 1]],
    [0, 99, 'none', 20_000, [0, 1]],
    [95, 110, 'none', 20_000, [0, 1, 2]],
    [95, 110, 'down', 20_000, [0, 1, 2, 3]],
    [950, 960, 'down', 20_000, [9, 10, 11, 8]],
    [950, 960, 'up', 20_000, [9, 8, 7, 10]],
    [95, 110, 'up', 20_000, [0, 1, 2]],
    [19_950, 19_999, 'down', 20_000, [199, 198]],
    // The list became shorter while the reader was at its end.
    [500, 510, 'none', 120, [1, 0]],
    [500, 510, 'none', 0, [0]],
    [0, 2, 'down', 3, [0]],
  ] as const)('rows %d to %d, moving %s, of %s', (first, last, heading, total, pages) => {
    expect(pagesInSight({ first, last }, heading, { pageRows: 100, total })).toEqual(pages);
  });
});

describe('headingFrom', () => {
  test.each([
    [10, 20, 'none', 'down'],
    [20, 10, 'down', 'up'],
    [20, 20, 'none', 'none'],
    [20, 20, 'up', 'up'],
  ] as const)('from row %d to row %d, before that %s', (before, now, heading, next) => {
    expect(headingFrom({ first: before, last: before + 9 }, { first: now, last: now + 9 }, heading)).toBe(next);
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
