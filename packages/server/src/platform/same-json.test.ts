import { expect, it } from 'vitest';
import { sameJson } from './same-json.ts';

it.each<[unknown, unknown, boolean]>([
  [1, 1, true],
  [1, '1', false],
  [null, null, true],
  [null, {}, false],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
  [{ a: 1, b: undefined }, { a: 1 }, true],
  [{ a: 1 }, { a: 1, b: null }, false],
  [{ a: 1, b: undefined }, { a: 1, c: 2 }, false],
  [[1, 2], [1, 2], true],
  [[1, 2], [2, 1], false],
  [[], {}, false],
  [{ list: [{ code: 'x' }] }, { list: [{ code: 'x' }] }, true],
  [{ list: [{ code: 'x' }] }, { list: [{ code: 'y' }] }, false],
])('%j and %j', (one, other, same) => {
  expect(sameJson(one, other)).toBe(same);
  expect(sameJson(other, one)).toBe(same);
});
