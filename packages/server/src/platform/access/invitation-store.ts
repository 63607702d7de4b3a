import type { Instant } from '@patchsteward/core/vocabulary';
import { timestamp } from '../column-types.ts';
import type { Reader, Tx } from '../database.ts';
import type { Person } from './store.ts';

export interface NewInvitation {
  readonly personId: string;
  readonly tokenHash: string;
  readonly expiresAt: Instant;
}

/** A new link takes the place of the one before: only the last one works. */
export async function putInvitation(tx: Tx, { personId, tokenHash, expiresAt }: NewInvitation, now: Instant) {
  const row = {
    token_hash: tokenHash,
    created_at: timestamp(now),
    expires_at: timestamp(expiresAt),
    used_at: null,
  };
  await tx
    .insertInto('access.invitation')
    .values({ person_id: personId, ...row })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
    .execute();
}

interface InvitedPerson extends Person {
  readonly expiresAt: Instant;
}

/** Whom the link invites; undefined where it was used, replaced, is over, or its person may not come in. */
export function invitedPerson(db: Reader, tokenHash: string, now: Instant): Promise<InvitedPerson | undefined> {
  return db
    .selectFrom('access.invitation as invitation')
    .innerJoin('access.person as person', 'person.id', 'invitation.person_id')
    .where('invitation.token_hash', '=', tokenHash)
    .where('invitation.used_at', 'is', null)
    .where('invitation.expires_at', '>', timestamp(now))
    .where('person.disabled_at', 'is', null)
    .select(['person.id', 'person.login', 'person.name', 'person.roles', 'invitation.expires_at as expiresAt'])
    .executeTakeFirst();
}

/** Taken once: of two who come with one link at the same moment, the second finds it used. */
export async function takeInvitation(tx: Tx, tokenHash: string, now: Instant): Promise<boolean> {
  const taken = await tx
    .updateTable('access.invitation')
    .set({ used_at: timestamp(now) })
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', timestamp(now))
    .returning('person_id')
    .execute();
  return taken.length > 0;
}

export async function dropInvitation(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom('access.invitation').where('person_id', '=', personId).where('used_at', 'is', null).execute();
}
