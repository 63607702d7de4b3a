import type { Passkey } from '@patchsteward/contract';
import { reasonOf } from '@patchsteward/core/vocabulary';
import { openPasskey } from '@patchsteward/trust/keys';
import type { TrustRoot } from '@patchsteward/trust/root';
import type { Corridor } from '../corridor.ts';
import type { Db } from '../database.ts';
import type { Handlers } from '../http/bind.ts';
import type { LocalPrincipal, PersonPrincipal } from '../http/principal.ts';
import { reasonBody } from '../http/reason-body.ts';
import { Refusal } from '../http/refusal.ts';
import { createPasskey, offerPasskey, removePasskey, renamePasskey } from './passkey-perform.ts';
import { passkeyCommand, passkeyState, type StoredPasskey } from './passkey-state.ts';
import { storedPasskeys } from './passkey-store.ts';

type PasskeyRouteId = 'passkey.list' | 'passkey.offer' | 'passkey.create' | 'passkey.rename' | 'passkey.remove';

interface PasskeyParts {
  readonly db: Db;
  readonly corridor: Corridor;
  /** The host name that passkeys are bound to; null where the console has none. */
  readonly site: string | null;
  /** The newest root; null before the first. */
  readonly currentRoot: () => Promise<TrustRoot | null>;
}

/** A person's passkeys. They are kept here; that they count, only the trust root says. // decided 28 */
export function passkeyRoutes({ db, corridor, site, currentRoot }: PasskeyParts): Handlers<PasskeyRouteId> {
  return {
    'passkey.list': async ({ principal }) => {
      const [root, stored] = await Promise.all([
        currentRoot(),
        storedPasskeys(db, { personId: personOnly(principal).id }),
      ]);
      const reason = site === null ? reasonBody(reasonOf('passkey-site-missing', 'This console')) : null;
      return { site, reason, items: stored.flatMap((passkey) => passkeyBody(passkey, root)) };
    },
    'passkey.offer': async ({ principal, now }) => {
      const person = personOnly(principal);
      const named = siteOrRefusal(site);
      const { exclude, payloadType, payload, expiresAt } = await offerPasskey(db, person, { site: named, now });
      const user = { id: handleOf(person), name: person.login, displayName: person.name };
      const expires = new Date(expiresAt).toISOString();
      return { site: named, user, exclude: [...exclude], proof: { payloadType, payload }, expiresAt: expires };
    },
    'passkey.create': async ({ principal, body, now, log }) => {
      const person = personOnly(principal);
      const passkey = await createPasskey(corridor, person, body, { site: siteOrRefusal(site), now });
      log.info({ login: person.login, keyid: passkey.keyid }, 'passkey added');
      return oneOf(passkeyBody(passkey, await currentRoot()), passkey.id);
    },
    'passkey.rename': async ({ principal, params, body, now }) => {
      const person = personOnly(principal);
      await renamePasskey(corridor, person, { id: params.id, label: body.label, now });
      const kept = (await storedPasskeys(db, { personId: person.id })).filter(({ id }) => id === params.id);
      const root = await currentRoot();
      return oneOf(
        kept.flatMap((passkey) => passkeyBody(passkey, root)),
        params.id,
      );
    },
    'passkey.remove': async ({ principal, params, now, log }) => {
      const person = personOnly(principal);
      await removePasskey(corridor, person, { id: params.id, now });
      log.info({ login: person.login, passkey: params.id }, 'passkey removed');
      return {};
    },
  };
}

/** Nothing where the passkey is gone from here and from the root. */
function passkeyBody(passkey: StoredPasskey, root: TrustRoot | null): Passkey[] {
  const state = passkeyState(passkey, root);
  if (state === null) return [];
  const { id, label, credentialId, keyid, site, createdAt, lastUsedAt, publicKey } = passkey;
  const algorithm = openPasskey(publicKey)?.algorithm;
  if (algorithm === undefined) throw new TypeError(`a stored passkey is none that we take: ${id}`);
  return [
    {
      ...{ id, label, credentialId, keyid, site, algorithm, state },
      createdAt: new Date(createdAt).toISOString(),
      lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(),
      reason: state === 'in-root' ? null : reasonBody(whyNot(label, state, root)),
      command: passkeyCommand(passkey, state, root),
    },
  ];
}

function whyNot(label: string, state: 'waiting' | 'leaving', root: TrustRoot | null) {
  if (root === null) return reasonOf('no-trust-root', 'this installation');
  return reasonOf(state === 'waiting' ? 'passkey-waiting' : 'passkey-leaving', label);
}

function oneOf([passkey]: readonly Passkey[], id: string): Passkey {
  if (passkey === undefined) throw new Refusal('not-found', `You have no passkey ${id}.`);
  return passkey;
}

function siteOrRefusal(site: string | null): string {
  if (site !== null) return site;
  throw new Refusal('passkey-site-missing', 'Passkeys are bound to a host name, and this console has none.');
}

/** Opaque to authenticators, and no login: they show it to whoever holds them. // WebAuthn §14.6.1 */
function handleOf({ id }: PersonPrincipal): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
}

function personOnly(principal: PersonPrincipal | LocalPrincipal): PersonPrincipal {
  if (principal.kind === 'person') return principal;
  throw new Refusal('not-allowed', 'Passkeys belong to people: sign in and ask again.');
}
