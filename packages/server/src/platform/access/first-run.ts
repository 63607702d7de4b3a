import type { FirstRunRequest } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Db } from '../database.ts';
import { Refusal } from '../http/refusal.ts';
import { newId } from '../ids.ts';
import { inTransaction } from '../transaction.ts';
import { countAttempt, forgetAttempts, subjectsOf } from './attempts.ts';
import { weaknessOf } from './password-rules.ts';
import { hashPassword } from './passwords.ts';
import { hashSecret, newSecret } from './secrets.ts';
import { anybodyExists, insertPerson, type Person, replaceFirstRunSecret, takeFirstRunSecret } from './store.ts';

/** Whoever sets the house up may do what it needs on its first day, and give the roles to others later. */
const FIRST_ROLES = ['admin', 'it', 'security'] as const;

/** The secret of the link that makes the first account; undefined once there is one. Known here alone: only its hash is kept. */
export function offerFirstRun(db: Db, now: Instant): Promise<string | undefined> {
  return inTransaction(db, async (tx) => {
    if (await anybodyExists(tx)) return undefined;
    const secret = newSecret();
    await replaceFirstRunSecret(tx, hashSecret(secret), now);
    return secret;
  });
}

export async function makeFirstPerson(
  db: Db,
  request: FirstRunRequest,
  address: string,
  now: Instant,
): Promise<Person> {
  if (await anybodyExists(db)) throw done();
  const subjects = subjectsOf('first-run', address, undefined);
  await countAttempt(db, subjects, now);
  const weakness = weaknessOf(request.password, [request.login, request.name]);
  if (weakness !== undefined) {
    throw new Refusal('password-too-weak', weakness, { details: [{ path: 'body.password', problem: weakness }] });
  }

  const passwordHash = await hashPassword(request.password);
  const person = { id: newId(now), login: request.login, name: request.name, roles: FIRST_ROLES };
  await inTransaction(db, async (tx) => {
    const taken = await takeFirstRunSecret(tx, hashSecret(request.secret));
    // Two with the same link: the second waited for the row and finds it gone.
    if (await anybodyExists(tx)) throw done();
    if (!taken)
      throw new Refusal('first-run-link-wrong', 'This is not the link that the server printed at its last start.');
    await insertPerson(tx, { ...person, passwordHash }, now);
  });
  await forgetAttempts(db, subjects, now);
  return person;
}

function done(): Refusal {
  return new Refusal('first-run-done', 'The first account exists already.');
}
