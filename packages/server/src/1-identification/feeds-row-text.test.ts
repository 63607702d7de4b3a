import { expect, it } from 'vitest';
import { isStorable, timeOf } from './feeds-row-text.ts';

it.each([
  ['plain', true],
  ['ä€𝄞', true],
  ['a\u0000b', false],
  ['half \ud800', false],
  ['a backslash before \\u0000', true],
  ['a backslash and \\\u0000', false],
])('%j', (text, storable) => {
  expect(isStorable(JSON.stringify({ text }))).toBe(storable);
});

it('an instant as PostgreSQL takes it', () => {
  expect([timeOf(0), timeOf(null)]).toEqual(['1970-01-01T00:00:00.000Z', null]);
});
