import type { Corridor } from '../corridor.ts';
import type { Handlers } from '../http/bind.ts';
import { acceptInvitation, personOfInvitation } from './invitation-accept.ts';
import { type AccessServices, enter } from './routes.ts';

type InvitationRouteId = 'invitation.show' | 'invitation.accept';

/** The door of the invited: nobody is signed in here yet. */
export function invitationRoutes(
  services: AccessServices & { readonly corridor: Corridor },
): Handlers<InvitationRouteId> {
  return {
    'invitation.show': async ({ body, now }) => {
      const { login, name, roles, expiresAt } = await personOfInvitation(services.db, body.secret, now);
      return { login, name, roles: [...roles], expiresAt: new Date(expiresAt).toISOString() };
    },
    'invitation.accept': async (call) => {
      const person = await acceptInvitation(services, call.body, call.now);
      return enter(services, person, call);
    },
  };
}
