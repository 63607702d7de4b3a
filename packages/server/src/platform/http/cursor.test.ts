import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from './cursor.ts';

const Place = z.tuple([z.string(), z.number()]);

test.each([
  ['plain', ['a', 1]],
  ['beyond ASCII', ['ü€😀', -1]],
  ['with what an address cannot hold', ['a/b?c=d&e', 0]],
] as const)('what was given comes back: %s', (_, values) => {
  const cursor = encodeCursor(values);

  expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
  expect(decodeCursor(cursor, Place)).toEqual(values);
});

describe('what was not given is refused', () => {
  test.each([
    ['nothing', ''],
    ['no base64', '%%%'],
    ['no JSON', Buffer.from('hello').toString('base64url')],
    ['values of another list', encodeCursor(['a', 'b'])],
    ['too many values', encodeCursor(['a', 1, 2])],
    ['an object', Buffer.from('{"a":1}').toString('base64url')],
  ])('%s', (_, cursor) => {
    expect(() => decodeCursor(cursor, Place)).toThrow(expect.objectContaining({ code: 'bad-request' }));
  });
});
