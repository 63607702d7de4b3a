import type { PersonBody } from '@patchsteward/contract';

export type RoleName = PersonBody['roles'][number];

// A record and not a list: the compiler then misses a role that the contract has and we do not.
const ROLES: Record<RoleName, true> = {
  it: true,
  owner: true,
  change: true,
  security: true,
  admin: true,
  auditor: true,
};
/** The keys of the record above; an object forgets their type. */
export const ROLE_NAMES = Object.keys(ROLES) as readonly RoleName[];
