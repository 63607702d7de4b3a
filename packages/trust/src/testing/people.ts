import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { Role } from '@patchsteward/core/vocabulary';
import {
  type Envelope,
  PAYLOAD_TYPES,
  payloadOf,
  preAuthenticationEncoding,
  sealEnvelope,
  withSignature,
} from '../dsse/index.ts';
import { keyIdOf, type PublicKey } from '../keys/index.ts';
import { encodeRoot, type KnownRoot, type RootPerson, rootHash, type TrustRoot } from '../root/index.ts';
import { assertion, makePasskey } from './passkeys.ts';

export interface TestKey {
  readonly secret: KeyObject;
  readonly key: PublicKey;
}

export function makeKey(): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  return { secret: privateKey, key: { kind: 'ed25519', public: raw.toString('base64') } };
}

/** Everybody of a small team, with keys of their own; made once, for keys cost more than the tests. */
export const KEYS = {
  ivy: makeKey(),
  ivySecond: makeKey(),
  otto: makeKey(),
  ottoSecond: makeKey(),
  ottoScreen: makeKey(),
  cara: makeKey(),
  caraScreen: makeKey(),
  caraPasskey: makePasskey(),
  sam: makeKey(),
  samPasskey: makePasskey('ed25519'),
  ada: makeKey(),
  adrian: makeKey(),
  stranger: makeKey(),
  prober: makeKey(),
} as const;
export type KeyName = keyof typeof KEYS;

function person(
  login: string,
  roles: readonly Role[],
  cli: readonly KeyName[],
  screen: readonly KeyName[] = [],
): RootPerson {
  const keys = [
    ...cli.map((name) => ({ class: 'cli' as const, key: KEYS[name].key })),
    ...screen.map((name) => ({ class: 'console' as const, key: KEYS[name].key })),
  ].sort((a, b) => (keyIdOf(a.key) < keyIdOf(b.key) ? -1 : 1));
  return { login, name: login, roles: [...roles].sort(), keys };
}

const ISSUED_AT = Date.UTC(2026, 0, 1);
export const NOW = Date.UTC(2026, 10, 22, 18);
const EXPIRES_AT = Date.UTC(2029, 0, 1);

/** ivy asks, otto owns, cara manages changes, sam is security, ada and adrian administrate. */
export function team(given: Partial<TrustRoot> = {}): TrustRoot {
  return {
    version: 1,
    organization: 'Example',
    profile: 'team',
    issuedAt: ISSUED_AT,
    expiresAt: EXPIRES_AT,
    authority: null,
    threshold: 2,
    rootSigners: ['ada', 'adrian'],
    people: [
      person('ada', ['admin'], ['ada']),
      person('adrian', ['admin', 'it'], ['adrian']),
      person('cara', ['change'], ['cara'], ['caraScreen', 'caraPasskey']),
      person('ivy', ['it'], ['ivy', 'ivySecond']),
      person('otto', ['owner'], ['otto', 'ottoSecond'], ['ottoScreen']),
      person('sam', ['security'], ['sam'], ['samPasskey']),
    ],
    machines: [{ name: 'vault-1', role: 'prober', key: KEYS.prober.key }],
    lanes: null,
    ...given,
  };
}

export function solo(given: Partial<TrustRoot> = {}): TrustRoot {
  const one = person('ivy', ['admin', 'change', 'it', 'owner', 'security'], ['ivy', 'ivySecond']);
  return team({ profile: 'solo', threshold: 1, rootSigners: ['ivy'], people: [one], machines: [], ...given });
}

/** With one more passkey of a person. */
export function withPasskey(root: TrustRoot, login: string, { key }: TestKey): TrustRoot {
  const added = (keys: RootPerson['keys']) =>
    [...keys, { class: 'console' as const, key }].sort((a, b) => (keyIdOf(a.key) < keyIdOf(b.key) ? -1 : 1));
  const people = root.people.map((each) => (each.login === login ? { ...each, keys: added(each.keys) } : each));
  return { ...root, people };
}

export function knownOf(root: TrustRoot): KnownRoot {
  return { root, hash: rootHash(encodeRoot(root)) };
}

/** The envelope with right signatures by these keys. */
export function signedBy(envelope: Envelope, ...names: readonly KeyName[]): Envelope {
  return names.reduce((sealed, name) => withSignature(sealed, signature(sealed, KEYS[name])), envelope);
}

export function signature(envelope: Envelope, { key, secret }: TestKey) {
  const message = preAuthenticationEncoding(envelope.payloadType, payloadOf(envelope));
  const sig = key.kind === 'webauthn' ? assertion({ key, secret }, message) : sign(null, message, secret);
  return { keyid: keyIdOf(key), sig: sig.toString('base64') };
}

export function rootEnvelope(root: TrustRoot, ...names: readonly KeyName[]): Envelope {
  return signedBy(sealEnvelope(PAYLOAD_TYPES.root, encodeRoot(root)), ...names);
}
