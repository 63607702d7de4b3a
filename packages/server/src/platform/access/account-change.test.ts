import type { PersonChange } from '@patchsteward/contract';
import { expect, it } from 'vitest';
import { decideAccountChange } from './account-change.ts';
import type { Account } from './people-store.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const ada: Account = {
  id: 'id',
  login: 'ada',
  name: 'Ada',
  roles: ['admin', 'it'],
  mail: null,
  createdAt: 0,
  disabledAt: null,
  passwordExpiresAt: null,
  invitedUntil: null,
};
const two = { administrators: ['ada', 'adrian'], now: NOW };
const alone = { administrators: ['ada'], now: NOW };

it.each<[string, PersonChange, string]>([
  ['nothing', {}, 'unchanged'],
  ['the roles that are there, in another order', { roles: ['it', 'admin', 'it'] }, 'unchanged'],
  ['another name', { name: 'Ada L.' }, 'change'],
  ['fewer roles, where somebody else administers', { roles: ['it'] }, 'change'],
])('%s: %s', (_, wished, kind) => {
  expect(decideAccountChange(ada, wished, two).kind).toBe(kind);
});

it('says before and after of what differs, and nothing else', () => {
  const decided = decideAccountChange(ada, { roles: ['admin'], mail: 'ada@example.org' }, two);

  expect(decided).toMatchObject({
    differences: {
      roles: { before: ['admin', 'it'], after: ['admin'] },
      mail: { before: null, after: 'ada@example.org' },
    },
    leaves: false,
  });
});

it('whoever is disabled leaves at once, and keeps the time of the first time', () => {
  const first = decideAccountChange(ada, { disabled: true }, two);

  expect(first).toMatchObject({ kind: 'change', leaves: true, account: { disabledAt: NOW } });
  expect(decideAccountChange({ ...ada, disabledAt: 5 }, { disabled: true }, two).kind).toBe('unchanged');
  expect(decideAccountChange({ ...ada, disabledAt: 5 }, { disabled: false }, two)).toMatchObject({
    account: { disabledAt: null },
  });
});

it.each([
  ['gives the role away', { roles: [] }],
  ['is disabled', { disabled: true }],
])('the last administrator neither %s', (_, wished) => {
  expect(decideAccountChange(ada, wished, alone)).toEqual({ kind: 'last-administrator' });
});

it('the last administrator may still be renamed, and others may go', () => {
  expect(decideAccountChange(ada, { name: 'Ada L.' }, alone).kind).toBe('change');
  expect(decideAccountChange({ ...ada, login: 'ivy', roles: ['it'] }, { disabled: true }, alone).kind).toBe('change');
});
