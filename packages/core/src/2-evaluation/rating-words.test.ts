import { expect, it } from 'vitest';
import { levelOfWord } from './rating-words.ts';

it.each([
  ['CRITICAL', 'critical'],
  ['Important', 'high'],
  ['MODERATE', 'medium'],
  ['negligible', 'low'],
  ['unimportant', 'none'],
  [' low ', 'low'],
  ['untriaged', null],
  ['not yet assigned', null],
  ['', null],
  ['constructor', null],
])('%j is %s', (word, level) => {
  expect(levelOfWord(word)).toBe(level);
});
