import type { PersonBody } from '@patchsteward/contract';
import { expect, it } from 'vitest';
import { changeOf } from './person-change.ts';

const olga: PersonBody = {
  id: '01890000-0000-7000-8000-000000000001',
  login: 'olga',
  name: 'Olga Owner',
  roles: ['owner', 'change'],
  mail: 'olga@example.org',
  createdAt: '2026-11-22T18:00:00.000Z',
  disabledAt: null,
  passwordExpiresAt: null,
  invitedUntil: null,
};
const same = { name: olga.name, mail: 'olga@example.org', roles: olga.roles };

it.each([
  ['nothing', {}, {}],
  ['spaces around', { name: ' Olga Owner ', mail: ' olga@example.org ' }, {}],
  ['roles in another order', { roles: ['change', 'owner'] as const }, {}],
  ['a name', { name: 'Olga Reis' }, { name: 'Olga Reis' }],
  ['no address', { mail: '' }, { mail: null }],
  ['fewer roles', { roles: ['owner'] as const }, { roles: ['owner'] }],
  ['no roles', { roles: [] }, { roles: [] }],
])('%s', (_, draft, change) => {
  expect(changeOf(olga, { ...same, ...draft })).toEqual(change);
});
