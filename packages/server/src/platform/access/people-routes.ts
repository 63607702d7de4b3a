import type { PersonBody } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Corridor } from '../corridor.ts';
import type { Db } from '../database.ts';
import { actorOf } from '../http/actor.ts';
import type { Handlers } from '../http/bind.ts';
import { Refusal } from '../http/refusal.ts';
import { changeOwnPassword } from './own-password.ts';
import { changeAccount, createAccount } from './people-perform.ts';
import { type Account, listAccounts } from './people-store.ts';

type PeopleRouteId = 'password.change' | 'person.list' | 'person.create' | 'person.change';

/** Accounts. What their people may sign stands in the trust root, where no administrator can put it alone. */
export function peopleRoutes(parts: { readonly db: Db; readonly corridor: Corridor }): Handlers<PeopleRouteId> {
  const { db, corridor } = parts;
  return {
    'password.change': async ({ principal, body, address, now }) => {
      if (principal.kind === 'local') throw new Refusal('not-allowed', 'Only a signed-in person has a password.');
      await changeOwnPassword(parts, principal, { ...body, address, now });
      return {};
    },
    'person.list': async () => ({ items: (await listAccounts(db)).map(personBody) }),
    'person.create': async ({ principal, body, now, log }) => {
      const made = await createAccount(corridor, body, { actor: actorOf(principal), at: now });
      log.info({ login: body.login, roles: body.roles }, 'account made');
      return {
        person: personBody(made.account),
        password: made.password,
        apiToken: made.apiToken === null ? null : { ...made.apiToken, expiresAt: timestampOf(made.apiToken.expiresAt) },
      };
    },
    'person.change': async ({ principal, params, body, now, log }) => {
      const changed = await changeAccount(corridor, params.login, body, { actor: actorOf(principal), at: now });
      log.info({ login: params.login }, 'account changed');
      return { person: personBody(changed.account), password: changed.password };
    },
  };
}

function personBody({ id, login, name, roles, mail, createdAt, disabledAt, passwordExpiresAt }: Account): PersonBody {
  return {
    id,
    login,
    name,
    roles: [...roles],
    mail,
    createdAt: timestampOf(createdAt),
    disabledAt: disabledAt === null ? null : timestampOf(disabledAt),
    passwordExpiresAt: passwordExpiresAt === null ? null : timestampOf(passwordExpiresAt),
  };
}

function timestampOf(instant: Instant): string {
  return new Date(instant).toISOString();
}
