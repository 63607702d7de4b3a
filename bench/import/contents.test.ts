import { expect, it } from 'vitest';
import { changedIn } from './contents.ts';

const of = (rows: number, content = 'a') => ({ rows, content });

it.each([
  ['nothing', { claims: of(1), scores: of(2) }, []],
  ['a row more', { claims: of(2), scores: of(2) }, ['claims']],
  ['as many rows with another content', { claims: of(1), scores: of(2, 'b') }, ['scores']],
])('%s differs', (_, after, names) => {
  expect(changedIn({ claims: of(1), scores: of(2) }, after)).toEqual(names);
});
