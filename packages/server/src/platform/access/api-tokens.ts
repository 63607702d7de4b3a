import type { Instant } from '@patchsteward/core/vocabulary';
import { timestamp } from '../column-types.ts';
import type { Db, Reader } from '../database.ts';
import { newId } from '../ids.ts';
import { hashSecret, newSecret } from './secrets.ts';
import type { Person } from './store.ts';

/** Known to scanners of leaked secrets as ours. */
const TOKEN_PREFIX = 'pst_';
const DAY_MS = 86_400_000;
/** How stale the time of last use may get: a write per minute, not per request. */
const TOUCH_MS = 60_000;

export interface NewApiToken {
  readonly personId: string;
  readonly note: string | null;
  readonly days: number;
}

export interface NewApiTokenSecret {
  readonly id: string;
  readonly secret: string;
  readonly expiresAt: Instant;
}

export async function createApiToken(db: Reader, token: NewApiToken, now: Instant): Promise<NewApiTokenSecret> {
  const secret = TOKEN_PREFIX + newSecret();
  const row = { id: newId(now), person_id: token.personId, note: token.note };
  const expiresAt = now + token.days * DAY_MS;
  await db
    .insertInto('access.api_token')
    .values({ ...row, token_hash: hashSecret(secret), created_at: timestamp(now), expires_at: timestamp(expiresAt) })
    .execute();
  return { id: row.id, secret, expiresAt };
}

export function listApiTokens(db: Db, personId: string) {
  return db
    .selectFrom('access.api_token')
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .select(['id', 'note', 'created_at', 'expires_at', 'last_used_at'])
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
}

/** False where this person has no such token. */
export async function revokeApiToken(db: Db, personId: string, id: string, now: Instant): Promise<boolean> {
  const revoked = await db
    .updateTable('access.api_token')
    .set({ revoked_at: timestamp(now) })
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .returning('id')
    .execute();
  return revoked.length > 0;
}

export async function personOfToken(db: Db, secret: string, now: Instant): Promise<Person | undefined> {
  const found = await db
    .selectFrom('access.api_token as token')
    .innerJoin('access.person as person', 'person.id', 'token.person_id')
    .where('token.token_hash', '=', hashSecret(secret))
    .where('token.expires_at', '>', timestamp(now))
    .where('token.revoked_at', 'is', null)
    .where('person.disabled_at', 'is', null)
    .select(['person.id', 'person.login', 'person.name', 'person.roles', 'token.id as token_id', 'token.last_used_at'])
    .executeTakeFirst();
  if (found === undefined) return undefined;
  if (found.last_used_at === null || found.last_used_at < now - TOUCH_MS) {
    await db
      .updateTable('access.api_token')
      .set({ last_used_at: timestamp(now) })
      .where('id', '=', found.token_id)
      .execute();
  }
  return { id: found.id, login: found.login, name: found.name, roles: found.roles };
}
