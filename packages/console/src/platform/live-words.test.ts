import { describe, expect, it } from 'vitest';
import { changedIn, isTouched } from './live-words.ts';

describe('a message', () => {
  it('names what changed', () => {
    expect(changedIn('{"changed":["assets","asset:1"]}')).toEqual(new Set(['assets', 'asset:1']));
  });

  it.each(['', '{', 'null', '[]', '{}', '{"changed":"assets"}'])('that is none of ours says nothing: %s', (message) => {
    expect(changedIn(message)).toBeNull();
  });
});

it.each([
  [['assets', { search: 'web' }], ['assets'], true],
  [['asset', '1', 'findings'], ['asset:1'], true],
  [['asset', '2'], ['asset:1'], false],
  [['asset', '2'], ['asset'], true],
  [['campaigns', 'board', {}], ['campaigns'], true],
  [['feeds'], ['assets'], false],
  [['session'], ['*'], true],
  [[7], ['assets'], false],
  [['assets'], [], false],
])('%j after %j: %s', (key, changed, touched) => {
  expect(isTouched(key, new Set(changed))).toBe(touched);
});
