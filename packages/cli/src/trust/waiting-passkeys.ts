import type { StoredPasskey } from '@patchsteward/contract';
import { keyIdOf, type PublicKey } from '@patchsteward/trust/keys';
import { EXIT } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { PersonKey } from './root-change.ts';

/**
 * The passkeys that `--add-passkey` means: those of a login that wait, or the one with this id. Key and id come from the
 * server, so that the id is computed here again; that the key is the person's own, only the person can say.
 */
export function chosenPasskeys(wanted: readonly string[], stored: readonly StoredPasskey[]): readonly PersonKey[] {
  const waiting = stored.filter(({ state }) => state === 'waiting');
  const keys = wanted.flatMap((text) => {
    const { login, keyid } = wishOf(text);
    const own = waiting.filter((each) => each.login === login && (keyid === null || each.keyid === keyid));
    if (own.length === 0) throw noneWaits(login, keyid, stored);
    return own.map((each) => ({ login, key: keyOf(each) }));
  });
  return [...new Map(keys.map((each) => [keyIdOf(each.key), each])).values()];
}

/** `login` or `login=sha256:…`. */
function wishOf(text: string): { readonly login: string; readonly keyid: string | null } {
  const [, login, keyid = null] = /^([a-z0-9][a-z0-9._@-]{0,63})(?:=(sha256:[0-9a-f]{64}))?$/.exec(text) ?? [];
  if (login !== undefined) return { login, keyid };
  throw new Failure(`"${text}" is no passkey`, 'write <login>, or <login>=sha256:<the id that its person sees>', {
    exitCode: EXIT.usage,
  });
}

function keyOf({ login, publicKey, site, keyid }: StoredPasskey): PublicKey {
  const key: PublicKey = { kind: 'webauthn', public: publicKey, site };
  if (keyIdOf(key) === keyid) return key;
  throw new Failure(
    `the server names a passkey of ${login} by an id that is not its own`,
    'believe nothing of this server, and ask its administrator',
  );
}

function noneWaits(login: string, keyid: string | null, stored: readonly StoredPasskey[]): Failure {
  const known = stored.some((each) => each.login === login && each.state === 'in-root');
  const what = keyid === null ? `no passkey of ${login} waits` : `no passkey ${keyid} of ${login} waits`;
  return new Failure(
    what,
    known
      ? 'those that the server has are in the root already'
      : 'its person adds one in the console under "Your account"',
  );
}
