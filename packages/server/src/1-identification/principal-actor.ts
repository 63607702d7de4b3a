import type { Actor } from '../platform/corridor.ts';
import type { LocalPrincipal, PersonPrincipal } from '../platform/http/principal.ts';

/** How the record names who called. */
export function actorOf(principal: PersonPrincipal | LocalPrincipal): Actor {
  return principal.kind === 'local' ? 'local' : `person:${principal.id}`;
}
