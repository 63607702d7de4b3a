import type { Instant } from '@patchsteward/core/vocabulary';
import type { Corridor } from '../corridor.ts';
import type { Db } from '../database.ts';
import type { PersonPrincipal } from '../http/principal.ts';
import { Refusal } from '../http/refusal.ts';
import { countAttempt, forgetAttempts, subjectsOf } from './attempts.ts';
import type { Cookies } from './cookies.ts';
import { weaknessOf } from './password-rules.ts';
import { hashPassword, passwordFits } from './passwords.ts';
import { replacePassword } from './people-store.ts';
import { openSession, sessionPerson } from './sessions.ts';
import { personByLogin } from './store.ts';

interface OwnPasswordChange {
  readonly current: string;
  readonly next: string;
  readonly address: string;
  /** The header of the request. */
  readonly cookie: string | undefined;
  readonly now: Instant;
}

/**
 * An open session alone is not enough: somebody else may sit before it. The guesses are counted like sign-ins. Every
 * session ends, and whoever asked from one gets a new one, whose cookies are returned: a stolen copy ends with the rest.
 */
export async function changeOwnPassword(
  { db, corridor, cookies }: { readonly db: Db; readonly corridor: Corridor; readonly cookies: Cookies },
  person: PersonPrincipal,
  { current, next, address, cookie, now }: OwnPasswordChange,
): Promise<readonly string[]> {
  const subjects = subjectsOf(person.login, address, undefined);
  await countAttempt(db, subjects, now);
  const found = await personByLogin(db, person.login, now);
  if (!(await passwordFits(current, found?.password_hash))) {
    throw new Refusal('wrong-credentials', 'The current password is wrong, or its time is over.');
  }
  const weakness = weaknessOf(next, [person.login, person.name]);
  if (weakness !== undefined) {
    throw new Refusal('password-too-weak', weakness, { details: [{ path: 'body.next', problem: weakness }] });
  }
  const hash = await hashPassword(next);
  const signedIn = (await sessionPerson(db, cookies, cookie, now))?.id === person.id;
  const written = await corridor.change({ actor: `person:${person.id}`, at: now }, async (tx) => {
    await replacePassword(tx, person.id, { hash, expiresAt: null });
    return {
      value: signedIn ? await openSession(tx, person, cookies, cookie, now) : [],
      leaves: [{ kind: 'person.password-changed', subject: person.id, payload: { login: person.login } }],
    };
  });
  await forgetAttempts(db, subjects, now);
  return written;
}
