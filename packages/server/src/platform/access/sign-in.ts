import type { SignInRequest } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Db } from '../database.ts';
import { Refusal } from '../http/refusal.ts';
import { countAttempt, forgetAttempts, subjectsOf } from './attempts.ts';
import { passwordFits } from './passwords.ts';
import { hashSecret } from './secrets.ts';
import { isKnownDevice, type Person, personByLogin } from './store.ts';

export interface SignInAttempt extends SignInRequest {
  readonly address: string;
  /** From the cookie of a browser in which somebody signed in before. */
  readonly device: string | undefined;
}

/** The person, or a refusal that tells a stranger neither whether the login exists nor how close the guess was. */
export async function signIn(db: Db, attempt: SignInAttempt, now: Instant): Promise<Person> {
  const login = attempt.login.trim().toLowerCase();
  const deviceHash = attempt.device === undefined ? undefined : hashSecret(attempt.device);
  const known = deviceHash !== undefined && (await isKnownDevice(db, deviceHash, login));
  const subjects = subjectsOf(login, attempt.address, known ? deviceHash : undefined);

  await countAttempt(db, subjects, now);
  const found = await personByLogin(db, login, now);
  const fits = await passwordFits(attempt.password, found?.password_hash);
  if (found === undefined || !fits) throw new Refusal('wrong-credentials', 'Login or password is wrong.');

  await forgetAttempts(db, subjects, now);
  return { id: found.id, login: found.login, name: found.name, roles: found.roles };
}
