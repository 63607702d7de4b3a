import { expect, it } from 'vitest';
import { type FeedFault, FeedUnreadable } from './feed-unreadable.ts';

it.each<FeedFault>([
  'empty',
  'too-large',
  'damaged',
  'not-text',
  'not-json',
  'too-deep',
  'not-this-feed',
  'incomplete',
  'packed',
])('%s says what is wrong and what to do', (code) => {
  const cause = new Error('below');

  const error = new FeedUnreadable(code, 'line 7 is not JSON', { cause });

  expect(error.message).toBe(`line 7 is not JSON; ${error.whatToDo}`);
  expect(error.whatToDo).toMatch(/^[a-z].*[^.]$/);
  expect(error.cause).toBe(cause);
});
