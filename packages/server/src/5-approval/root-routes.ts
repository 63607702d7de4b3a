import type { TrustShown } from '@patchsteward/contract';
import { reasonOf } from '@patchsteward/core/vocabulary';
import { keyIdOf } from '@patchsteward/trust/keys';
import type { KnownRoot } from '@patchsteward/trust/root';
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
    'trust.show': async () => trustBody(await currentRoot(db)),
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

function trustBody(known: KnownRoot | undefined): TrustShown {
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
