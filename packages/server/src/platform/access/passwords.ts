import { hash, verify } from '@node-rs/argon2';
import { Refusal } from '../http/refusal.ts';

/** argon2id, the library's default. // OWASP Password Storage Cheat Sheet: m=19 MiB, t=2, p=1 at least */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Each check takes 19 MiB and a thread of the pool that the file system uses too. */
const CHECKS_AT_ONCE_MAX = 2;
const CHECKS_WAITING_MAX = 50;
const COME_BACK_SECONDS = 5;

/** The hash of 32 random bytes that were thrown away: an unknown login takes as long as a known one. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$Lg3Lef5v0ZYzq+1l7C7/UQ$cQ0v8UqKUOJCmVP8hihQurJ68Y+kSd4ctZ+nhQ2O+wU';

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normalized(password), COST));
}

/** `stored` is undefined where there is no such login; the answer is then no, after the same work. */
export async function passwordFits(password: string, stored: string | undefined): Promise<boolean> {
  const fits = await inTurn(() => verify(stored ?? NOBODY, normalized(password)));
  return fits && stored !== undefined;
}

/** The same characters typed on two keyboards must be the same bytes. // NIST SP 800-63B-4 §3.1.1.2 */
function normalized(password: string): string {
  return password.toWellFormed().normalize('NFKC');
}

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= CHECKS_AT_ONCE_MAX) {
    if (waiting.length >= CHECKS_WAITING_MAX) {
      throw new Refusal('too-many-attempts', `Too many people sign in at once; wait ${COME_BACK_SECONDS} seconds.`, {
        retryAfterSeconds: COME_BACK_SECONDS,
      });
    }
    // Whoever ends hands its place over, so that the count does not change here.
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}
