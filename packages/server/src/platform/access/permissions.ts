import type { Access } from '@patchsteward/contract';
import type { Role } from '@patchsteward/core/vocabulary';
import type { LocalPrincipal, Nobody, PersonPrincipal } from '../http/principal.ts';
import { Refusal } from '../http/refusal.ts';

/** Which roles an access rule asks for. // SOP R1-R4 */
const ROLES_FOR = {
  operator: ['it', 'security', 'admin'],
  administrator: ['admin'],
  security: ['security'],
  triager: ['security', 'admin'],
} as const satisfies Partial<Record<Access, readonly Role[]>>;

export type Power = keyof typeof ROLES_FOR;
export const POWERS = ['operator', 'administrator', 'security', 'triager'] as const satisfies readonly Power[];

export function mayAct(roles: readonly Role[], power: Power): boolean {
  return ROLES_FOR[power].some((role) => roles.includes(role));
}

/** Throws where the caller may not. The local administrator may read and administer; signing and judging are for people. */
export function refuseUnlessPermitted(access: Access, principal: Nobody | PersonPrincipal | LocalPrincipal): void {
  if (access === 'anybody') return;
  if (principal.kind === 'local' && access !== 'security' && access !== 'triager') return;
  if (principal.kind === 'nobody') throw new Refusal('not-signed-in', 'This needs a signed-in person.');
  if (!isPower(access)) return;
  if (principal.kind === 'person' && mayAct(principal.roles, access)) return;
  throw new Refusal('not-allowed', `This needs ${rolesText(ROLES_FOR[access])}.`);
}

function isPower(access: Access): access is Power {
  return access in ROLES_FOR;
}

function rolesText(roles: readonly Role[]): string {
  return roles.length === 1 ? `a person with the role ${roles.join()}` : `one of the roles ${roles.join(', ')}`;
}
