import type { Demo, Session } from '@patchsteward/contract';
import type { Db } from '../database.ts';
import type { Call, Handlers } from '../http/bind.ts';
import type { PersonPrincipal } from '../http/principal.ts';
import { Refusal } from '../http/refusal.ts';
import { createApiToken, listApiTokens, revokeApiToken } from './api-tokens.ts';
import type { Cookies } from './cookies.ts';
import { makeFirstPerson } from './first-run.ts';
import { mayAct, POWERS } from './permissions.ts';
import { endSession, openSession } from './sessions.ts';
import { signIn } from './sign-in.ts';
import { anybodyExists, type Person } from './store.ts';

export interface AccessServices {
  readonly db: Db;
  readonly cookies: Cookies;
  readonly serverVersion: string;
  /** Only in a demo: everything here is invented, and its people's passwords are no secret. */
  readonly demo?: (() => Demo) | undefined;
}

export type AccessRouteId =
  | 'session.show'
  | 'session.first-run'
  | 'session.sign-in'
  | 'session.sign-out'
  | 'api-token.list'
  | 'api-token.create'
  | 'api-token.revoke';

export function accessRoutes(services: AccessServices): Handlers<AccessRouteId> {
  const { db, cookies } = services;
  return {
    'session.show': async ({ principal }) => ({
      ...sessionOf(services, principal.kind === 'person' ? principal : null),
      firstRun: !(await anybodyExists(db)),
    }),
    'session.first-run': async (call) => {
      const person = await makeFirstPerson(db, call.body, call.address, call.now);
      return enter(services, person, call);
    },
    'session.sign-in': async (call) => {
      const device = cookies.device.read(call.cookie);
      const person = await signIn(db, { ...call.body, address: call.address, device }, call.now);
      return enter(services, person, call);
    },
    'session.sign-out': async ({ cookie, setHeader }) => {
      setHeader('set-cookie', await endSession(db, cookies, cookie));
      return {};
    },
    'api-token.list': async ({ principal }) => ({
      items: (await listApiTokens(db, personOnly(principal).id)).map((token) => ({
        id: token.id,
        note: token.note,
        createdAt: new Date(token.created_at).toISOString(),
        expiresAt: new Date(token.expires_at).toISOString(),
        lastUsedAt: token.last_used_at === null ? null : new Date(token.last_used_at).toISOString(),
      })),
    }),
    'api-token.create': async ({ principal, body, now, log }) => {
      const { id: personId, login } = personOnly(principal);
      const { id, secret, expiresAt } = await createApiToken(db, { personId, ...body }, now);
      log.info({ tokenId: id, login }, 'API token created');
      return { id, secret, expiresAt: new Date(expiresAt).toISOString() };
    },
    'api-token.revoke': async ({ principal, params, now }) => {
      if (!(await revokeApiToken(db, personOnly(principal).id, params.id, now))) {
        throw new Refusal('not-found', `You have no API token ${params.id}.`);
      }
      return {};
    },
  };
}

/** Opens a session for a person who has just shown who they are. */
export async function enter(
  services: AccessServices,
  person: Person,
  call: Call<'session.sign-in' | 'session.first-run' | 'invitation.accept'>,
): Promise<Session> {
  const cookies = await openSession(services.db, person, services.cookies, call.cookie, call.now);
  for (const cookie of cookies) call.setHeader('set-cookie', cookie);
  call.log.info({ login: person.login, address: call.address }, 'signed in');
  return sessionOf(services, person);
}

function sessionOf({ serverVersion, demo }: AccessServices, person: Person | null): Session {
  const house = { firstRun: false, serverVersion, ...(demo === undefined ? {} : { demo: demo() }) };
  if (person === null) return { person: null, ...house };
  const { id, login, name, roles } = person;
  const may = POWERS.filter((power) => mayAct(roles, power));
  return { person: { id, login, name, roles: [...roles], may }, ...house };
}

/** A token stands for a person: the local administrator needs none. */
function personOnly(principal: { readonly kind: 'local' } | PersonPrincipal): PersonPrincipal {
  if (principal.kind === 'person') return principal;
  throw new Refusal('not-allowed', 'API tokens belong to people: sign in and ask again.');
}
