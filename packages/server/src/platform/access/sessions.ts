import type { Instant } from '@patchsteward/core/vocabulary';
import type { Db, Reader } from '../database.ts';
import type { Cookies } from './cookies.ts';
import { hashSecret, newSecret } from './secrets.ts';
import { deleteSession, insertSession, type Person, personOfSession, rememberDevice, touchSession } from './store.ts';

const HOUR_MS = 3_600_000;
/** A working day: a forgotten browser is signed out by tomorrow. */
const SESSION_MS_MAX = 12 * HOUR_MS;
const SESSION_IDLE_MS_MAX = 8 * HOUR_MS;
/** How stale the time of last use may get: a write per minute, not per request. */
const TOUCH_MS = 60_000;
const DEVICE_SECONDS_MAX = 365 * 24 * 3_600;

/** Opens a session and remembers the browser; returns the cookies to set. */
export async function openSession(
  db: Reader,
  person: Person,
  cookies: Cookies,
  cookieHeader: string | undefined,
  now: Instant,
): Promise<string[]> {
  const token = newSecret();
  const device = cookies.device.read(cookieHeader) ?? newSecret();
  await insertSession(db, { tokenHash: hashSecret(token), personId: person.id, expiresAt: now + SESSION_MS_MAX }, now);
  await rememberDevice(db, hashSecret(device), person.id, now);
  return [cookies.session.write(token, SESSION_MS_MAX / 1000), cookies.device.write(device, DEVICE_SECONDS_MAX)];
}

export async function sessionPerson(
  db: Db,
  cookies: Cookies,
  cookieHeader: string | undefined,
  now: Instant,
): Promise<Person | undefined> {
  const token = cookies.session.read(cookieHeader);
  if (token === undefined) return undefined;
  const tokenHash = hashSecret(token);
  const found = await personOfSession(db, tokenHash, now, now - SESSION_IDLE_MS_MAX);
  if (found === undefined) return undefined;
  if (found.last_used_at < now - TOUCH_MS) await touchSession(db, tokenHash, now);
  return { id: found.id, login: found.login, name: found.name, roles: found.roles };
}

export async function endSession(db: Db, cookies: Cookies, cookieHeader: string | undefined): Promise<string> {
  const token = cookies.session.read(cookieHeader);
  if (token !== undefined) await deleteSession(db, hashSecret(token));
  return cookies.session.clear();
}
