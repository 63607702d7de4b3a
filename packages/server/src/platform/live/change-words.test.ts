import { expect, it } from 'vitest';
import { ANYTHING, condensed, WORDS_MAX } from './change-words.ts';

const many = (count: number, nameOf: (place: number) => string) =>
  new Set(Array.from({ length: count }, (_, place) => nameOf(place)));

it.each([
  ['a few as they are, in order', new Set(['feeds', 'assets']), ['assets', 'feeds']],
  ['nothing', new Set<string>(), []],
  ['many of one kind as that kind', many(WORDS_MAX + 1, (place) => `asset:${place}`), ['asset']],
  ['many kinds as anything', many(WORDS_MAX + 1, (place) => `kind-${place}`), [ANYTHING]],
  ['anything as nothing else', new Set([ANYTHING, 'assets']), [ANYTHING]],
])('tells %s', (_, words, told) => {
  expect(condensed(words)).toEqual(told);
});

it('keeps as many single things as one message may have', () => {
  expect(condensed(many(WORDS_MAX, (place) => `asset:${place}`))).toHaveLength(WORDS_MAX);
});
