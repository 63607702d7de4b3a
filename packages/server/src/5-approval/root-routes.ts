import type { TrustShown } from '@patchsteward/contract';
import { DEFAULT_APPROVALS } from '@patchsteward/core/policy';
import { reasonOf } from '@patchsteward/core/vocabulary';
import { keyIdOf } from '@patchsteward/trust/keys';
import type { KnownRoot, TrustRoot } from '@patchsteward/trust/root';
import { passkeyState, type StoredPasskey } from '../platform/access/passkey-state.ts';
import { storedPasskeys } from '../platform/access/passkey-store.ts';
import type { Corridor } from '../platform/corridor.ts';
import type { Db } from '../platform/database.ts';
import { actorOf } from '../platform/http/actor.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { reasonBody } from '../platform/http/reason-body.ts';
import { envelopeBody, openEnvelope } from './envelope.ts';
import { publishRoot } from './root-publish.ts';
import { currentRoot, rootsAfter } from './root-store.ts';

type RootRouteId = 'trust.show' | 'trust.roots' | 'trust.publish';

export function rootRoutes({ db, corridor }: { readonly db: Db; readonly corridor: Corridor }): Handlers<RootRouteId> {
  return {
    'trust.show': async () => {
      const [known, passkeys] = await Promise.all([currentRoot(db), storedPasskeys(db)]);
      return { ...trustBody(known), passkeys: passkeysBody(passkeys, known?.root ?? null) };
    },
    'trust.roots': async ({ query }) => ({
      items: (await rootsAfter(db, query.after)).map(({ root, hash, envelope }) => ({
        version: root.version,
        hash,
        envelope: envelopeBody(envelope),
      })),
    }),
    'trust.publish': async ({ body, principal, now, log }) => {
      const by = { actor: actorOf(principal), at: now };
      const { root, hash } = await publishRoot(corridor, openEnvelope(body.envelope), by);
      log.info({ version: root.version, hash }, 'trust root published');
      return { version: root.version, hash };
    },
  };
}

/** What those who sign roots need of a passkey; those that are gone from here and from the root are not shown. */
function passkeysBody(passkeys: readonly StoredPasskey[], root: TrustRoot | null): TrustShown['passkeys'] {
  return passkeys.flatMap((passkey) => {
    const { login, label, keyid, site, publicKey, createdAt } = passkey;
    const state = passkeyState(passkey, root);
    return state === null
      ? []
      : [{ login, label, keyid, site, publicKey, createdAt: new Date(createdAt).toISOString(), state }];
  });
}

function trustBody(known: KnownRoot | undefined): Omit<TrustShown, 'passkeys'> {
  if (known === undefined) return { root: null, reason: reasonBody(reasonOf('no-trust-root', 'this installation')) };
  const { root, hash } = known;
  return {
    root: {
      version: root.version,
      hash,
      organization: root.organization,
      profile: root.profile,
      issuedAt: new Date(root.issuedAt).toISOString(),
      expiresAt: new Date(root.expiresAt).toISOString(),
      threshold: root.threshold,
      rootSigners: [...root.rootSigners],
      authority: root.authority,
      approvals: root.lanes ?? DEFAULT_APPROVALS,
      ownApprovals: root.lanes !== null,
      people: root.people.map(({ login, name, roles, keys }) => ({
        login,
        name,
        roles: [...roles],
        keys: keys.map((entry) => ({ keyid: keyIdOf(entry.key), class: entry.class, kind: entry.key.kind })),
      })),
      machines: root.machines.map(({ name, role, key }) => ({ name, role, keyid: keyIdOf(key) })),
    },
    reason: null,
  };
}
