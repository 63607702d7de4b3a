import type { Instant, Role } from '@patchsteward/core/vocabulary';
import { type ExpressionBuilder, sql } from 'kysely';
import { timestamp } from '../column-types.ts';
import type { Reader, Tx } from '../database.ts';
import type { Tables } from '../tables.ts';

/** An account as an administrator sees it. */
export interface Account {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly mail: string | null;
  readonly createdAt: Instant;
  readonly disabledAt: Instant | null;
  readonly passwordExpiresAt: Instant | null;
  /** Until then an unused link of an invitation works; null: there is none. */
  readonly invitedUntil: Instant | null;
}

const COLUMNS = [
  'id',
  'login',
  'name',
  'roles',
  'mail',
  'created_at as createdAt',
  'disabled_at as disabledAt',
  'password_expires_at as passwordExpiresAt',
] as const;

/** A query of its own: no lock may be taken through an outer join. */
function invitedUntil(from: ExpressionBuilder<Tables, 'access.person'>) {
  return from
    .selectFrom('access.invitation as invitation')
    .whereRef('invitation.person_id', '=', 'access.person.id')
    .where('invitation.used_at', 'is', null)
    .select('invitation.expires_at')
    .as('invitedUntil');
}

export function listAccounts(db: Reader): Promise<Account[]> {
  return db.selectFrom('access.person').select(COLUMNS).select(invitedUntil).orderBy('login').execute();
}

export function lockAccount(tx: Tx, login: string): Promise<Account | undefined> {
  return tx
    .selectFrom('access.person')
    .select(COLUMNS)
    .select(invitedUntil)
    .where('login', '=', login)
    .forUpdate()
    .executeTakeFirst();
}

/** Administrators who can sign in, locked: two who leave at once must not both be the last but one. */
export async function lockAdministrators(tx: Tx): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('access.person')
    .select('login')
    .where('disabled_at', 'is', null)
    .where(sql<boolean>`'admin' = any(roles)`)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map(({ login }) => login);
}

/** False where the login is taken, also by somebody who is disabled: a login names one person for ever. */
export async function insertAccount(tx: Tx, account: Account, passwordHash: string): Promise<boolean> {
  const inserted = await tx
    .insertInto('access.person')
    .values({
      id: account.id,
      login: account.login,
      name: account.name,
      roles: [...account.roles],
      mail: account.mail,
      password_hash: passwordHash,
      created_at: timestamp(account.createdAt),
      password_expires_at: account.passwordExpiresAt === null ? null : timestamp(account.passwordExpiresAt),
    })
    .onConflict((conflict) => conflict.column('login').doNothing())
    .returning('id')
    .execute();
  return inserted.length > 0;
}

export async function updateAccount(tx: Tx, account: Account): Promise<void> {
  await tx
    .updateTable('access.person')
    .set({
      name: account.name,
      roles: [...account.roles],
      mail: account.mail,
      disabled_at: account.disabledAt === null ? null : timestamp(account.disabledAt),
    })
    .where('id', '=', account.id)
    .execute();
}

/** `expiresAt` null: the person chose it, and nobody else knows it. Every open session ends. */
export async function replacePassword(
  tx: Tx,
  personId: string,
  password: { readonly hash: string; readonly expiresAt: Instant | null },
): Promise<void> {
  const expiry = password.expiresAt === null ? null : timestamp(password.expiresAt);
  await tx
    .updateTable('access.person')
    .set({ password_hash: password.hash, password_expires_at: expiry })
    .where('id', '=', personId)
    .execute();
  await endSessionsOf(tx, personId);
}

export async function endSessionsOf(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom('access.session').where('person_id', '=', personId).execute();
}

export async function revokeTokensOf(tx: Tx, personId: string, now: Instant): Promise<void> {
  await tx
    .updateTable('access.api_token')
    .set({ revoked_at: timestamp(now) })
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .execute();
}
