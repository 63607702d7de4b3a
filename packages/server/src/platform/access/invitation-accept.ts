import type { InvitationAcceptance } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Corridor } from '../corridor.ts';
import type { Db } from '../database.ts';
import { Refusal } from '../http/refusal.ts';
import { invitedPerson, takeInvitation } from './invitation-store.ts';
import { weaknessOf } from './password-rules.ts';
import { hashPassword } from './passwords.ts';
import { replacePassword } from './people-store.ts';
import { hashSecret } from './secrets.ts';
import type { Person } from './store.ts';

/** The secret has 256 bits, so that no attempts need to be counted; a wrong one costs one look at an index. */
export async function personOfInvitation(db: Db, secret: string, now: Instant) {
  const person = await invitedPerson(db, hashSecret(secret), now);
  if (person === undefined) throw wrong();
  return person;
}

/** The invited person chooses a password; the link is used up with it. */
export async function acceptInvitation(
  { db, corridor }: { readonly db: Db; readonly corridor: Corridor },
  { secret, password }: InvitationAcceptance,
  now: Instant,
): Promise<Person> {
  const { expiresAt: _, ...person } = await personOfInvitation(db, secret, now);
  const weakness = weaknessOf(password, [person.login, person.name]);
  if (weakness !== undefined) {
    throw new Refusal('password-too-weak', weakness, { details: [{ path: 'body.password', problem: weakness }] });
  }
  const hash = await hashPassword(password);
  return corridor.change({ actor: `person:${person.id}`, at: now }, async (tx) => {
    if (!(await takeInvitation(tx, hashSecret(secret), now))) throw wrong();
    await replacePassword(tx, person.id, { hash, expiresAt: null });
    return {
      value: person,
      leaves: [{ kind: 'person.joined', subject: person.id, payload: { login: person.login } }],
    };
  });
}

function wrong(): Refusal {
  return new Refusal('invitation-wrong', 'This link was used, was replaced by a newer one, or its time is over.');
}
