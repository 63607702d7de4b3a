import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { keyIdOf, type PublicKey } from '@patchsteward/trust/keys';
import type { RootPerson, TrustRoot } from '@patchsteward/trust/root';

/** A passkey as its row has it. */
export interface StoredPasskey {
  readonly id: string;
  readonly login: string;
  readonly label: string;
  readonly credentialId: string;
  readonly publicKey: string;
  readonly site: string;
  readonly keyid: Hash;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
  readonly removedAt: Instant | null;
}

type PasskeyState = 'in-root' | 'waiting' | 'leaving';

export function passkeyOf(publicKey: string, site: string): PublicKey {
  return { kind: 'webauthn', public: publicKey, site };
}

/** What stands between a passkey and the root; null: it is gone from both. */
export function passkeyState({ login, keyid, removedAt }: StoredPasskey, root: TrustRoot | null): PasskeyState | null {
  const named = personIn(root, login)?.keys.some(({ key }) => keyIdOf(key) === keyid) === true;
  if (removedAt === null) return named ? 'in-root' : 'waiting';
  return named ? 'leaving' : null;
}

/** What an administrator runs, where the keys of the root are; null where nothing is to be done, or the root comes first. */
export function passkeyCommand(
  passkey: Pick<StoredPasskey, 'login' | 'keyid'>,
  state: PasskeyState,
  root: TrustRoot | null,
): string | null {
  if (root === null || state === 'in-root') return null;
  const { login, keyid } = passkey;
  const known = personIn(root, login) === undefined ? ` --add-person "${login}:<name>:<roles>:"` : '';
  const change = state === 'waiting' ? `${known} --add-passkey ${login}=${keyid}` : ` --remove-key ${keyid}`;
  return `patchsteward trust change --out root-${root.version + 1}.json${change} --key <key>`;
}

function personIn(root: TrustRoot | null, login: string): RootPerson | undefined {
  return root?.people.find((person) => person.login === login);
}
