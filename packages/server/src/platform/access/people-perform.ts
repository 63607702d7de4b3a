import { randomBytes } from 'node:crypto';
import type { PersonChange, PersonRequest } from '@patchsteward/contract';
import { DAY_MS, type Instant } from '@patchsteward/core/vocabulary';
import type { Actor, Corridor } from '../corridor.ts';
import { Refusal } from '../http/refusal.ts';
import { newId } from '../ids.ts';
import { decideAccountChange } from './account-change.ts';
import { createApiToken, type NewApiTokenSecret } from './api-tokens.ts';
import { addInvitation, type NewInvitationSecret, unknowablePassword } from './invitation.ts';
import { dropInvitation } from './invitation-store.ts';
import { hashPassword } from './passwords.ts';
import {
  type Account,
  endSessionsOf,
  insertAccount,
  lockAccount,
  lockAdministrators,
  replacePassword,
  revokeTokensOf,
  updateAccount,
} from './people-store.ts';

/** Time to hand it over and to choose an own one; afterwards it opens nothing. */
const ONE_TIME_PASSWORD_MS = 3 * DAY_MS;
/** 120 bits: nobody guesses it while it lasts. */
const ONE_TIME_PASSWORD_BYTES = 15;

export interface By {
  readonly actor: Actor;
  readonly at: Instant;
}

interface CreatedAccount {
  readonly account: Account;
  /** null where the person is invited. */
  readonly password: string | null;
  readonly invitation: NewInvitationSecret | null;
  readonly apiToken: NewApiTokenSecret | null;
}

/** Password and token leave here once and are kept nowhere. // SOP R1-R4 */
export async function createAccount(corridor: Corridor, request: PersonRequest, by: By): Promise<CreatedAccount> {
  const password = request.entry === 'invitation' ? null : oneTimePassword();
  const passwordHash = password === null ? await unknowablePassword() : await hashPassword(password);
  const drafted: Account = {
    id: newId(by.at),
    login: request.login,
    name: request.name,
    roles: [...new Set(request.roles)].sort(),
    mail: request.mail,
    createdAt: by.at,
    disabledAt: null,
    passwordExpiresAt: password === null ? by.at : by.at + ONE_TIME_PASSWORD_MS,
    invitedUntil: null,
  };
  return corridor.change(by, async (tx) => {
    if (!(await insertAccount(tx, drafted, passwordHash))) {
      throw new Refusal('login-taken', `The login ${request.login} belongs to somebody already.`);
    }
    const { id, login, name, roles, mail } = drafted;
    const invitation = password === null ? await addInvitation(tx, id, by.at) : null;
    const account = { ...drafted, invitedUntil: invitation?.expiresAt ?? null };
    const { apiTokenDays: days } = request;
    const token = { personId: id, note: 'made with the account', days: days ?? 1 };
    const apiToken = days === null ? null : await createApiToken(tx, token, by.at);
    const payload = {
      login,
      name,
      roles: [...roles],
      mail,
      apiToken: apiToken?.id ?? null,
      invited: invitation !== null,
    };
    return {
      value: { account, password, invitation, apiToken },
      leaves: [{ kind: 'person.created', subject: id, payload }],
    };
  });
}

/** The account afterwards, and a new one-time password where one was wished. */
export async function changeAccount(
  corridor: Corridor,
  login: string,
  wished: PersonChange,
  by: By,
): Promise<{ readonly account: Account; readonly password: string | null }> {
  const reset = wished.resetPassword === true ? await newOneTimePassword(by.at) : null;
  return corridor.change(by, async (tx) => {
    const administrators = await lockAdministrators(tx);
    const before = await lockAccount(tx, login);
    if (before === undefined) throw new Refusal('not-found', `Nobody has the login ${login}.`);
    const decision = decideAccountChange(before, wished, { administrators, now: by.at });
    if (decision.kind === 'last-administrator') {
      throw new Refusal('last-administrator', `${login} is the only administrator who can sign in.`);
    }
    const changed = decision.kind === 'change';
    if (changed) await updateAccount(tx, decision.account);
    if (changed && decision.leaves) {
      await endSessionsOf(tx, before.id);
      await revokeTokensOf(tx, before.id, by.at);
    }
    // A link of before must not bring back in whom a reset or a disabling keeps out.
    const shut = reset !== null || (changed && decision.leaves);
    if (shut) await dropInvitation(tx, before.id);
    if (reset !== null) await replacePassword(tx, before.id, reset);
    const kept = changed ? decision.account : before;
    const after = shut ? { ...kept, invitedUntil: null } : kept;
    return {
      value: {
        account: reset === null ? after : { ...after, passwordExpiresAt: reset.expiresAt },
        password: reset?.password ?? null,
      },
      leaves: [
        ...(changed
          ? [{ kind: 'person.changed', subject: before.id, payload: { login, ...decision.differences } }]
          : []),
        ...(reset === null ? [] : [{ kind: 'person.password-reset', subject: before.id, payload: { login } }]),
      ],
    };
  });
}

async function newOneTimePassword(now: Instant) {
  const password = oneTimePassword();
  return { password, hash: await hashPassword(password), expiresAt: now + ONE_TIME_PASSWORD_MS };
}

function oneTimePassword(): string {
  return randomBytes(ONE_TIME_PASSWORD_BYTES).toString('base64url');
}
