import type { PersonCreated } from '@patchsteward/contract';
import { type Client, createClient } from '@patchsteward/contract/client';

/** One person at the doors of the server, by a token of their own. */
export function clientOf(base: string, token: string): Client {
  return createClient({ base, fetch, headers: { authorization: `Bearer ${token}` } });
}

interface FirstPerson {
  readonly login: string;
  readonly name: string;
  readonly password: string;
}

const TOKEN_DAYS = 30;

/** Through the link that the server printed, as whoever sets a house up comes in. */
export async function firstClient(base: string, firstRunUrl: string, first: FirstPerson): Promise<Client> {
  const secret = new URL(firstRunUrl).hash.slice(1);
  const cookie = await enter(base, '/api/v1/first-run', { secret, ...first });
  const session = createClient({ base, fetch, headers: { cookie } });
  const token = await session('api-token.create', { body: { note: 'the demo', days: TOKEN_DAYS } });
  return clientOf(base, token.secret);
}

/** The one-time password is changed for the one that the demo shows. */
export async function choosePassword(base: string, created: PersonCreated, password: string): Promise<void> {
  const { login } = created.person;
  const { password: once } = created;
  if (once === null) throw new TypeError(`${login} was given no password`);
  const cookie = await enter(base, '/api/v1/session', { login, password: once });
  const session = createClient({ base, fetch, headers: { cookie } });
  await session('password.change', { body: { current: once, next: password } });
}

async function enter(base: string, path: string, body: object): Promise<string> {
  const response = await fetch(base + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0] ?? '')
    .join('; ');
}
