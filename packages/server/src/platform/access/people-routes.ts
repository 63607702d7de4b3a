import type { PersonBody } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Corridor } from '../corridor.ts';
import type { Db } from '../database.ts';
import { actorOf } from '../http/actor.ts';
import type { Handlers } from '../http/bind.ts';
import { Refusal } from '../http/refusal.ts';
import type { Cookies } from './cookies.ts';
import { inviteAgain } from './invitation.ts';
import { type InvitationPost, presentInvitation } from './invitation-mail.ts';
import { changeOwnPassword } from './own-password.ts';
import { changeAccount, createAccount } from './people-perform.ts';
import { type Account, listAccounts } from './people-store.ts';

type PeopleRouteId = 'password.change' | 'person.list' | 'person.create' | 'person.change' | 'person.invite';

interface PeopleParts {
  readonly db: Db;
  readonly corridor: Corridor;
  readonly cookies: Cookies;
  /** How invitations go out. */
  readonly post: InvitationPost;
}

/** Accounts. What their people may sign stands in the trust root, where no administrator can put it alone. */
export function peopleRoutes(parts: PeopleParts): Handlers<PeopleRouteId> {
  const { db, corridor, post } = parts;
  return {
    'password.change': async ({ principal, body, address, cookie, now, setHeader }) => {
      if (principal.kind === 'local') throw new Refusal('not-allowed', 'Only a signed-in person has a password.');
      const cookies = await changeOwnPassword(parts, principal, { ...body, address, cookie, now });
      for (const one of cookies) setHeader('set-cookie', one);
      return {};
    },
    'person.list': async () => ({ items: (await listAccounts(db)).map(personBody) }),
    'person.create': async ({ principal, body, now, log }) => {
      const made = await createAccount(corridor, body, { actor: actorOf(principal), at: now });
      log.info({ login: body.login, roles: body.roles }, 'account made');
      return {
        person: personBody(made.account),
        password: made.password,
        invitation: made.invitation === null ? null : await presentInvitation(post, made.account, made.invitation),
        apiToken: made.apiToken === null ? null : { ...made.apiToken, expiresAt: timestampOf(made.apiToken.expiresAt) },
      };
    },
    'person.change': async ({ principal, params, body, now, log }) => {
      const changed = await changeAccount(corridor, params.login, body, { actor: actorOf(principal), at: now });
      log.info({ login: params.login }, 'account changed');
      return { person: personBody(changed.account), password: changed.password };
    },
    'person.invite': async ({ principal, params, now, log }) => {
      const invited = await inviteAgain(corridor, params.login, { actor: actorOf(principal), at: now });
      log.info({ login: params.login }, 'invited anew');
      const invitation = await presentInvitation(post, invited.account, invited.invitation);
      return { person: personBody(invited.account), invitation };
    },
  };
}

function personBody(account: Account): PersonBody {
  const { id, login, name, roles, mail, createdAt, disabledAt, passwordExpiresAt, invitedUntil } = account;
  return {
    id,
    login,
    name,
    roles: [...roles],
    mail,
    createdAt: timestampOf(createdAt),
    disabledAt: disabledAt === null ? null : timestampOf(disabledAt),
    passwordExpiresAt: passwordExpiresAt === null ? null : timestampOf(passwordExpiresAt),
    invitedUntil: invitedUntil === null ? null : timestampOf(invitedUntil),
  };
}

function timestampOf(instant: Instant): string {
  return new Date(instant).toISOString();
}
