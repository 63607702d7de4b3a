import { expect, test } from 'vitest';
import { keepPages, PAGES_KEPT_MAX } from './kept-pages.ts';

test.each([
  ['the first ones', [], ['a', 'b'], ['a', 'b'], []],
  ['others', ['a', 'b'], ['c'], ['c', 'a', 'b'], []],
  ['one that was there before', ['a', 'b', 'c'], ['b'], ['b', 'a', 'c'], []],
  ['one too many', ['a', 'b', 'c'], ['d'], ['d', 'a', 'b'], ['c']],
  ['more in sight than are kept', ['a'], ['b', 'c', 'd', 'e'], ['b', 'c', 'd', 'e'], ['a']],
])('%s', (_, before, inSight, kept, dropped) => {
  expect(keepPages(before, inSight, 3)).toEqual({ kept, dropped });
});

test('a walk through a long list keeps as many as it may', () => {
  let pages: readonly string[] = [];
  for (let page = 0; page < 200; page += 1) pages = keepPages(pages, [String(page), String(page + 1)]).kept;

  expect(pages).toHaveLength(PAGES_KEPT_MAX);
  expect(pages.slice(0, 2)).toEqual(['199', '200']);
});
