import { randomBytes } from 'node:crypto';
import { DAY_MS, type Instant } from '@patchsteward/core/vocabulary';
import type { Corridor } from '../corridor.ts';
import type { Tx } from '../database.ts';
import { Refusal } from '../http/refusal.ts';
import { putInvitation } from './invitation-store.ts';
import { hashPassword } from './passwords.ts';
import type { By } from './people-perform.ts';
import { type Account, lockAccount, replacePassword, revokeTokensOf } from './people-store.ts';
import { hashSecret, newSecret } from './secrets.ts';

/** A long weekend fits in; whoever comes later gets another link. */
const INVITATION_MS = 4 * DAY_MS;
/** Where a password must be and nobody may know it. */
const UNKNOWN_PASSWORD_BYTES = 32;

export interface NewInvitationSecret {
  readonly secret: string;
  readonly expiresAt: Instant;
}

/** Of a password that was never shown to anybody: until its person chooses one, none opens a session. */
export function unknowablePassword(): Promise<string> {
  return hashPassword(randomBytes(UNKNOWN_PASSWORD_BYTES).toString('base64url'));
}

/** The secret leaves here once; only its hash is kept. */
export async function addInvitation(tx: Tx, personId: string, now: Instant): Promise<NewInvitationSecret> {
  const invitation = { secret: newSecret(), expiresAt: now + INVITATION_MS };
  const tokenHash = hashSecret(invitation.secret);
  await putInvitation(tx, { personId, tokenHash, expiresAt: invitation.expiresAt }, now);
  return invitation;
}

/** A new link in place of the password: what was known of the old one, by whomever, is over at once. */
export async function inviteAgain(
  corridor: Corridor,
  login: string,
  by: By,
): Promise<{ readonly account: Account; readonly invitation: NewInvitationSecret }> {
  const hash = await unknowablePassword();
  return corridor.change(by, async (tx) => {
    const account = await lockAccount(tx, login);
    if (account === undefined) throw new Refusal('not-found', `Nobody has the login ${login}.`);
    if (account.disabledAt !== null)
      throw new Refusal('conflict', `The account ${login} is disabled; enable it first.`);
    await replacePassword(tx, account.id, { hash, expiresAt: by.at });
    await revokeTokensOf(tx, account.id, by.at);
    const invitation = await addInvitation(tx, account.id, by.at);
    const expiresAt = new Date(invitation.expiresAt).toISOString();
    return {
      value: { account: { ...account, passwordExpiresAt: by.at, invitedUntil: invitation.expiresAt }, invitation },
      leaves: [{ kind: 'person.invited', subject: account.id, payload: { login, expiresAt } }],
    };
  });
}
