import type { Instant } from '@patchsteward/core/vocabulary';
import type { Db } from '../database.ts';
import type { Admit, CallerFacts, Nobody, PersonPrincipal } from '../http/principal.ts';
import { Refusal } from '../http/refusal.ts';
import { personOfToken } from './api-tokens.ts';
import type { Cookies } from './cookies.ts';
import { refuseUnlessPermitted } from './permissions.ts';
import { sessionPerson } from './sessions.ts';

/** Lets people in on the console's listener: by the cookie of a session, or by an API token. */
export function admitPeople(db: Db, cookies: Cookies, clock: () => Instant): Admit {
  return async (access, caller) => {
    const principal = await recognize(db, cookies, caller, clock());
    refuseUnlessPermitted(access, principal);
    return principal;
  };
}

/** Whoever opens the socket in the data directory owns the machine already. */
export const admitLocal: Admit = async (access) => {
  const principal = { kind: 'local' } as const;
  refuseUnlessPermitted(access, principal);
  return principal;
};

async function recognize(
  db: Db,
  cookies: Cookies,
  caller: CallerFacts,
  now: Instant,
): Promise<Nobody | PersonPrincipal> {
  const token = /^Bearer (\S+)$/i.exec(caller.authorization ?? '')?.[1];
  if (token !== undefined) {
    const person = await personOfToken(db, token, now);
    // A wrong token is never taken for no token: the caller would not learn why it is refused.
    if (person === undefined) throw new Refusal('not-signed-in', 'The API token is wrong, expired or revoked.');
    return { kind: 'person', ...person };
  }
  const person = await sessionPerson(db, cookies, caller.cookie, now);
  return person === undefined ? { kind: 'nobody' } : { kind: 'person', ...person };
}
