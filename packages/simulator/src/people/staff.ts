import type { Role, SignedBy } from '@patchsteward/core/vocabulary';
import { tokenHash } from '../world/fleet.ts';

export const REQUESTER = 'ada';
const ROLES: Readonly<Record<string, readonly Role[]>> = {
  ada: ['it', 'owner', 'change'],
  ben: ['owner'],
  cem: ['change'],
  dot: ['security'],
  eve: ['it'],
};

/** A signature that its person really made: each is an object of its own. */
export function signatureOf(person: string): SignedBy {
  return { person, roles: ROLES[person] ?? [], keyClass: 'cli', statement: tokenHash(person, 1) };
}
