import type { ApprovalRule, Approvals } from '@patchsteward/core/policy';
import { CRITICALITIES, type Criticality, type Hash, LANES, ROLES } from '@patchsteward/core/vocabulary';
import { PAYLOAD_BYTES_MAX } from '../dsse/index.ts';
import { sha256 } from '../hash.ts';
import { keyIdOf, materialOf, type PublicKey, publicKey } from '../keys/index.ts';
import { accepted, type Outcome, unreadable } from '../refusal.ts';
import { checked, type Decoder, list, nullable, type Read, record } from '../strict/decoder.ts';
import { decodeDocument, encodeDocument } from '../strict/document.ts';
import { login, word } from '../strict/names.ts';
import { form, instant, instantText, oneOf, saying, whole } from '../strict/scalars.ts';

/** `breakglass` has a place in the format, and no right yet: it fills no seat. */
export const ROOT_ROLES = [...ROLES, 'breakglass'] as const;
const PEOPLE_MAX = 500;
const KEYS_PER_PERSON_MAX = 16;
const MACHINES_MAX = 100;
const SEATS_MAX = 8;

const key = record({ class: oneOf(['cli', 'console']), key: publicKey });

const person = checked(
  record({
    login,
    name: saying,
    roles: list(oneOf(ROOT_ROLES), { countMax: ROOT_ROLES.length, rising: (role) => role }),
    keys: list(key, { countMin: 1, countMax: KEYS_PER_PERSON_MAX, rising: (each) => keyIdOf(each.key) }),
  }),
  // A passkey shows what the server shows it: it is never the word of a client that the server did not serve.
  ({ keys }) => keys.every((each) => each.key.kind !== 'webauthn' || each.class === 'console'),
);

const machine = checked(
  record({ name: word, role: oneOf(['prober']), key: publicKey }),
  // A passkey signs when somebody confirms it; a machine has nobody.
  ({ key: { kind } }) => kind !== 'webauthn',
);

const rule: Decoder<ApprovalRule> = checked(
  record({
    seats: list(list(oneOf(ROLES), { countMin: 1, countMax: ROLES.length }), {
      countMin: 1,
      countMax: SEATS_MAX,
    }),
    cliSignatures: whole(0, SEATS_MAX),
  }),
  ({ seats, cliSignatures }) => cliSignatures <= seats.length,
);

const byCriticality = record(eachOf(CRITICALITIES, rule)) as Decoder<Readonly<Record<Criticality, ApprovalRule>>>;
const lanes = record(eachOf(LANES, byCriticality)) as Decoder<Approvals>;

/** The same decoder for each word. The casts above say what `fromEntries` forgets: that every word is a name in it. */
function eachOf<T>(words: readonly string[], decoder: Decoder<T>): Readonly<Record<string, Decoder<T>>> {
  return Object.fromEntries(words.map((each) => [each, decoder]));
}

const rootShape = record({
  type: oneOf(['root']),
  version: whole(1, Number.MAX_SAFE_INTEGER),
  organization: saying,
  profile: oneOf(['solo', 'team']),
  issuedAt: instant,
  expiresAt: instant,
  authority: nullable(form(/^sha256:[0-9a-f]{64}$/)),
  threshold: whole(1, PEOPLE_MAX),
  rootSigners: list(login, { countMin: 1, countMax: PEOPLE_MAX, rising: (each) => each }),
  people: list(person, { countMin: 1, countMax: PEOPLE_MAX, rising: (each) => each.login }),
  machines: list(machine, { countMax: MACHINES_MAX, rising: (each) => each.name }),
  lanes: nullable(lanes),
});

/** Who may sign what. Everything that is trusted follows from one of these, pinned by its hash. // decided 27 */
export type TrustRoot = Omit<Read<typeof rootShape>, 'type'>;
export type RootPerson = TrustRoot['people'][number];
export type RootMachine = TrustRoot['machines'][number];

const wireRoot = checked(rootShape, agrees);

/** What no root may say: a threshold that nobody reaches, a key that two share, a solo root of several. */
function agrees(root: TrustRoot): boolean {
  const logins = new Set(root.people.map((each) => each.login));
  const able = root.people.filter(({ login: who, keys }) => root.rootSigners.includes(who) && hasOwnClient(keys));
  const reachable = able.length >= root.threshold && root.rootSigners.every((each) => logins.has(each));
  return root.issuedAt < root.expiresAt && reachable && !sharesKeys(root) && fitsProfile(root);
}

/** Roots are signed by clients that the server did not serve. // decided 27 */
function hasOwnClient(keys: RootPerson['keys']): boolean {
  return keys.some((each) => each.class === 'cli');
}

/** Compared by the secret behind it: one key under two names would let one person be two. */
function sharesKeys({ people, machines }: TrustRoot): boolean {
  const keys: readonly PublicKey[] = [
    ...people.flatMap((each) => each.keys.map((entry) => entry.key)),
    ...machines.map((each) => each.key),
  ];
  return new Set(keys.map(materialOf)).size !== keys.length;
}

/** Solo is one person with two keys at least: what a second key confirms was at least meant twice. // decided 27 */
function fitsProfile({ profile, people }: TrustRoot): boolean {
  const [first] = people;
  return profile === 'team' || (people.length === 1 && first !== undefined && first.keys.length >= 2);
}

export function encodeRoot(root: TrustRoot): Uint8Array {
  const { issuedAt, expiresAt } = root;
  const wire = { type: 'root', ...root, issuedAt: instantText(issuedAt), expiresAt: instantText(expiresAt) };
  return encodeDocument(wire, wireRoot, PAYLOAD_BYTES_MAX);
}

export function decodeRoot(payload: Uint8Array): Outcome<TrustRoot> {
  const read = decodeDocument(payload, wireRoot, PAYLOAD_BYTES_MAX);
  if (!read.ok) return unreadable('payload-unreadable', read.fault);
  const { type: _, ...root } = read.value;
  return accepted(root);
}

/** What hosts are given at enrollment. */
export function rootHash(payload: Uint8Array): Hash {
  return sha256(payload);
}
