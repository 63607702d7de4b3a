import { randomInt } from 'node:crypto';
import type { Client } from '@patchsteward/contract/client';
import { DAY_MS, HOUR_MS, type Instant } from '@patchsteward/core/vocabulary';
import { PAYLOAD_TYPES, sealEnvelope } from '@patchsteward/trust/dsse';
import { keyIdOf } from '@patchsteward/trust/keys';
import { encodeRoot, type KnownRoot, rootHash, type TrustRoot } from '@patchsteward/trust/root';
import { type DemoLogin, ORGANIZATION, PEOPLE, PROBER, ROOT_SIGNERS } from '../story/people.ts';
import { choosePassword, clientOf, firstClient } from './api.ts';
import { makeKey, type Signer, signedBy } from './keys.ts';
import type { Mark, Place } from './place.ts';

const ROOT_VALID_MS = 730 * DAY_MS;
const PASSWORD_LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const PASSWORD_PARTS = 4;
const PASSWORD_PART_CHARACTERS = 5;

/** Everybody of the story with an account, a token and a key of their own. */
export interface Staff {
  readonly clients: Readonly<Record<DemoLogin, Client>>;
  readonly signers: Readonly<Record<string, Signer>>;
  readonly known: KnownRoot;
  readonly people: Mark['people'];
}

export function newPassword(): string {
  const part = () =>
    Array.from({ length: PASSWORD_PART_CHARACTERS }, () => PASSWORD_LETTERS[randomInt(PASSWORD_LETTERS.length)]).join(
      '',
    );
  return Array.from({ length: PASSWORD_PARTS }, part).join('-');
}

/** Accounts, keys, and the root that says whose signature counts for what. */
export async function foundStaff(place: Place, base: string, firstRunUrl: string, now: Instant): Promise<Staff> {
  const people = PEOPLE.map(({ login, name, roles }) => ({ login, name, roles: [...roles], password: newPassword() }));
  const clients = await giveAccounts(base, firstRunUrl, people);
  const signers: Record<string, Signer> = {};
  for (const { login, signs } of PEOPLE) if (signs) signers[login] = await makeKey(place, login);
  signers[PROBER] = await makeKey(place, PROBER);
  const known = await publishRoot(clients.ada, signers, now);
  return { clients, signers, known, people };
}

async function giveAccounts(base: string, firstRunUrl: string, people: Mark['people']): Promise<Staff['clients']> {
  const clients: Partial<Record<string, Client>> = {};
  const [first, ...others] = people;
  if (first === undefined) throw new TypeError('a story without people');
  const { login, name, password } = first;
  const administrator = await firstClient(base, firstRunUrl, { login, name, password });
  clients[login] = administrator;
  for (const other of others) {
    const body = { login: other.login, name: other.name, roles: [...other.roles], apiTokenDays: 30 };
    const created = await administrator('person.create', { body });
    clients[other.login] = clientOf(base, created.apiToken?.secret ?? '');
    await choosePassword(base, created, other.password);
  }
  // Whoever opens a house has more roles than one; here each has their own.
  await clients['rolf']?.('person.change', { params: { login }, body: { roles: [...first.roles] } });
  // Every login of the story was given one above.
  return clients as Staff['clients'];
}

async function publishRoot(client: Client, signers: Staff['signers'], now: Instant): Promise<KnownRoot> {
  const root = rootOf(signers, now);
  const payload = encodeRoot(root);
  const chosen = ROOT_SIGNERS.flatMap((login) => signers[login] ?? []);
  const envelope = await signedBy(sealEnvelope(PAYLOAD_TYPES.root, payload), ...chosen);
  await client('trust.publish', { body: { envelope: { ...envelope, signatures: [...envelope.signatures] } } });
  return { root, hash: rootHash(payload) };
}

function rootOf(signers: Staff['signers'], now: Instant): TrustRoot {
  const keyOf = (name: string) => {
    const signer = signers[name];
    if (signer === undefined) throw new TypeError(`${name} has no key`);
    return signer.key;
  };
  return {
    ...{ version: 1, organization: ORGANIZATION, profile: 'team', authority: null, lanes: null },
    ...{ issuedAt: now - HOUR_MS, expiresAt: now + ROOT_VALID_MS },
    ...{ threshold: ROOT_SIGNERS.length, rootSigners: [...ROOT_SIGNERS] },
    people: PEOPLE.filter(({ signs }) => signs).map(({ login, name, roles }) => ({
      ...{ login, name, roles: [...roles].sort() },
      keys: [{ class: 'cli' as const, key: keyOf(login) }].sort((a, b) => (keyIdOf(a.key) < keyIdOf(b.key) ? -1 : 1)),
    })),
    machines: [{ name: PROBER, role: 'prober', key: keyOf(PROBER) }],
  };
}
