import type { Hash, Role, ScopedAsset, SignedBy } from '../../vocabulary/index.ts';

/** A hash for people to read: nothing here looks inside. */
export function hashOf(text: string): Hash {
  // Tests and stories name what a hash stands for; core treats it as opaque.
  return `sha256:${text}` as Hash;
}

/** Ada asks for every change and holds every role: only her being the requester keeps her from approving. */
export const ROLES_OF: Readonly<Record<string, readonly Role[]>> = {
  ada: ['it', 'owner', 'change', 'security'],
  ben: ['owner'],
  cem: ['change'],
  dot: ['security'],
  eve: ['it'],
  fay: ['owner', 'security'],
  gus: ['change', 'owner', 'security'],
  hal: ['auditor', 'admin'],
  ivo: ['it', 'security'],
};
export const PEOPLE = Object.keys(ROLES_OF);

export function signedBy(person: string, keyClass: SignedBy['keyClass'] = 'cli'): SignedBy {
  return { person, roles: ROLES_OF[person] ?? [], keyClass, statement: hashOf(`statement-of-${person}`) };
}

export function asset(members: Partial<ScopedAsset> & { readonly assetId: string }): ScopedAsset {
  return {
    name: members.assetId,
    criticality: 'normal',
    environment: 'production',
    owner: null,
    redundancyGroups: [],
    maintenanceGroup: null,
    ...members,
  };
}
