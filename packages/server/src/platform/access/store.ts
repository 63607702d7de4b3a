import type { Instant, Role } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { timestamp } from '../column-types.ts';
import type { Db, Reader, Tx } from '../database.ts';

export interface Person {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

export interface NewPerson extends Person {
  readonly passwordHash: string;
}

const PERSON_COLUMNS = ['person.id', 'person.login', 'person.name', 'person.roles'] as const;

export async function anybodyExists(db: Reader): Promise<boolean> {
  const row = await db.selectFrom('access.person').select(sql<number>`1`.as('one')).limit(1).executeTakeFirst();
  return row !== undefined;
}

/** With the hash of the password; undefined for a login that nobody has or may use, or whose one-time password is over. */
export function personByLogin(
  db: Reader,
  login: string,
  now: Instant,
): Promise<(Person & { password_hash: string }) | undefined> {
  return db
    .selectFrom('access.person as person')
    .where('person.login', '=', login)
    .where('person.disabled_at', 'is', null)
    .where((where) =>
      where.or([
        where('person.password_expires_at', 'is', null),
        where('person.password_expires_at', '>', timestamp(now)),
      ]),
    )
    .select([...PERSON_COLUMNS, 'person.password_hash'])
    .executeTakeFirst();
}

export async function insertPerson(tx: Tx, person: NewPerson, now: Instant): Promise<void> {
  const { id, login, name, roles, passwordHash } = person;
  await tx
    .insertInto('access.person')
    .values({ id, login, name, roles: [...roles], password_hash: passwordHash, created_at: timestamp(now) })
    .execute();
}

export interface NewSession {
  readonly tokenHash: string;
  readonly personId: string;
  readonly expiresAt: Instant;
}

/** Beside the new one, those that ended are cleared away: nobody looks at them again. */
export async function insertSession(db: Reader, session: NewSession, now: Instant): Promise<void> {
  await db.deleteFrom('access.session').where('expires_at', '<', timestamp(now)).execute();
  await db
    .insertInto('access.session')
    .values({
      token_hash: session.tokenHash,
      person_id: session.personId,
      created_at: timestamp(now),
      last_used_at: timestamp(now),
      expires_at: timestamp(session.expiresAt),
    })
    .execute();
}

/** The person of a session that lives: neither expired nor idle, and the person not disabled since. */
export function personOfSession(
  db: Reader,
  tokenHash: string,
  now: Instant,
  idleSince: Instant,
): Promise<(Person & { last_used_at: Instant }) | undefined> {
  return db
    .selectFrom('access.session as session')
    .innerJoin('access.person as person', 'person.id', 'session.person_id')
    .where('session.token_hash', '=', tokenHash)
    .where('session.expires_at', '>', timestamp(now))
    .where('session.last_used_at', '>', timestamp(idleSince))
    .where('person.disabled_at', 'is', null)
    .select([...PERSON_COLUMNS, 'session.last_used_at'])
    .executeTakeFirst();
}

export async function touchSession(db: Db, tokenHash: string, now: Instant): Promise<void> {
  await db
    .updateTable('access.session')
    .set({ last_used_at: timestamp(now) })
    .where('token_hash', '=', tokenHash)
    .execute();
}

export async function deleteSession(db: Db, tokenHash: string): Promise<void> {
  await db.deleteFrom('access.session').where('token_hash', '=', tokenHash).execute();
}

/** Whether this browser is one in which the login signed in before. */
export async function isKnownDevice(db: Reader, tokenHash: string, login: string): Promise<boolean> {
  const row = await db
    .selectFrom('access.known_device as device')
    .innerJoin('access.person as person', 'person.id', 'device.person_id')
    .where('device.token_hash', '=', tokenHash)
    .where('person.login', '=', login)
    .select('device.token_hash')
    .executeTakeFirst();
  return row !== undefined;
}

export async function rememberDevice(db: Reader, tokenHash: string, personId: string, now: Instant): Promise<void> {
  await db
    .insertInto('access.known_device')
    .values({ token_hash: tokenHash, person_id: personId, last_used_at: timestamp(now) })
    .onConflict((conflict) =>
      conflict.column('token_hash').doUpdateSet({ person_id: personId, last_used_at: timestamp(now) }),
    )
    .execute();
}

/** A new secret takes the place of the one before: only the last printed link works. */
export async function replaceFirstRunSecret(tx: Tx, secretHash: string, now: Instant): Promise<void> {
  await tx
    .insertInto('access.first_run')
    .values({ secret_hash: secretHash, created_at: timestamp(now) })
    .onConflict((conflict) =>
      conflict.column('singleton').doUpdateSet({ secret_hash: secretHash, created_at: timestamp(now) }),
    )
    .execute();
}

/** Taken once: the row is gone afterwards, and two that come at once find it gone. */
export async function takeFirstRunSecret(tx: Tx, secretHash: string): Promise<boolean> {
  const taken = await tx
    .deleteFrom('access.first_run')
    .where('secret_hash', '=', secretHash)
    .returning('singleton')
    .execute();
  return taken.length > 0;
}
