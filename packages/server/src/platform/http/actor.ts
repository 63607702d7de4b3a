import type { Actor } from '../corridor.ts';
import type { LocalPrincipal, PersonPrincipal } from './principal.ts';

/** How the record names who called. */
export function actorOf(principal: PersonPrincipal | LocalPrincipal): Actor {
  return principal.kind === 'local' ? 'local' : `person:${principal.id}`;
}
