import { expect, it } from 'vitest';
import { addressOf } from './caller.ts';

it.each([
  ['/api/v1/assets', {}, null, '/api/v1/assets'],
  ['/api/v1/assets', { query: { search: 'a b&c', limit: 5 } }, null, '/api/v1/assets?search=a+b%26c&limit=5'],
  ['/api/v1/assets/{id}/findings', { params: { id: 'x/y' } }, null, '/api/v1/assets/x%2Fy/findings'],
  ['/api/v1/assets', { query: { limit: 5 } }, 'n=1', '/api/v1/assets?limit=5&cursor=n%3D1'],
])('the address of %s with %j and cursor %s', (path, asked, cursor, expected) => {
  expect(addressOf(path, asked, cursor)).toBe(expected);
});
