import type { Access } from '@patchsteward/contract';
import { ROLES, type Role } from '@patchsteward/core/vocabulary';
import { describe, expect, it } from 'vitest';
import { refuseUnlessPermitted } from './permissions.ts';

function outcome(access: Access, principal: Parameters<typeof refuseUnlessPermitted>[1]): string {
  try {
    refuseUnlessPermitted(access, principal);
    return 'in';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'bug';
  }
}

const person = (role: Role) => ({ kind: 'person', id: '1', login: 'ada', name: 'Ada', roles: [role] }) as const;

describe('an access rule', () => {
  it.each([
    ['anybody', 'in', ROLES],
    ['person', 'not-signed-in', ROLES],
    ['operator', 'not-signed-in', ['it', 'security', 'admin']],
    ['administrator', 'not-signed-in', ['admin']],
    ['security', 'not-signed-in', ['security']],
    ['triager', 'not-signed-in', ['security', 'admin']],
  ] as const)('%s', (access, forNobody, roles) => {
    expect(outcome(access, { kind: 'nobody' })).toBe(forNobody);
    // Whoever owns the machine administers it; what Security says is said by a person.
    expect(outcome(access, { kind: 'local' })).toBe(
      access === 'security' || access === 'triager' ? 'not-allowed' : 'in',
    );
    for (const role of ROLES) {
      expect([role, outcome(access, person(role))]).toEqual([
        role,
        roles.some((one) => one === role) ? 'in' : 'not-allowed',
      ]);
    }
  });
});
