import type { OriginBody } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import { canSign } from '@patchsteward/standards/openpgp';
import type { Db } from '../platform/database.ts';
import { actorOf } from '../platform/http/actor.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { originBody } from './origin-body.ts';
import { addOrigin, certificatesIn, dropOrigin, noSuchOrigin } from './origin-perform.ts';
import { listOrigins, type OriginRow, readOrigin, readSnapshot } from './origin-store.ts';
import { type RefreshTools, refreshOrigin } from './refresh.ts';

/** A person waits for no refresh longer than for an answer to a request. */
const REFRESH_MS_MAX = 280_000;

type OriginRouteId =
  | 'origin.list'
  | 'origin.show'
  | 'origin.add'
  | 'origin.read-keys'
  | 'origin.remove'
  | 'origin.refresh';

export function originRoutes(tools: RefreshTools): Handlers<OriginRouteId> {
  const { db, corridor, clock } = tools;
  return {
    'origin.list': async ({ now }) => {
      const origins = await listOrigins(db);
      return { items: await Promise.all(origins.map((origin) => bodyOf(db, origin, now))) };
    },
    'origin.show': ({ params, now }) => shown(db, params.id, now),
    'origin.add': async ({ body, principal, now }) => {
      const id = await addOrigin(corridor, body, { actor: actorOf(principal), at: now });
      return shown(db, id, now);
    },
    'origin.read-keys': async ({ body, now }) => {
      const certificates = await certificatesIn(body.keys);
      const items = certificates.map(async (certificate) => ({
        fingerprint: certificate.fingerprint,
        userIds: [...certificate.userIds],
        expiresAt: certificate.expiresAt === null ? null : new Date(certificate.expiresAt).toISOString(),
        usable: await canSign(certificate, now),
      }));
      return { items: await Promise.all(items) };
    },
    'origin.remove': async ({ params, principal, now }) => {
      await dropOrigin(corridor, params.id, { actor: actorOf(principal), at: now });
      return {};
    },
    'origin.refresh': async ({ params, principal }) => {
      const begun = clock();
      const actor = actorOf(principal);
      const refreshed = await refreshOrigin(tools, params.id, actor, AbortSignal.timeout(REFRESH_MS_MAX));
      if (refreshed.kind === 'gone') throw noSuchOrigin(params.id);
      const changed = refreshed.kind === 'verified' && refreshed.changed;
      return { origin: await shown(db, params.id, clock()), changed, durationMs: clock() - begun };
    },
  };
}

async function shown(db: Db, id: string, now: Instant): Promise<OriginBody> {
  const origin = await readOrigin(db, id);
  if (origin === undefined) throw noSuchOrigin(id);
  return bodyOf(db, origin, now);
}

async function bodyOf(db: Db, origin: OriginRow, now: Instant): Promise<OriginBody> {
  const inForce = origin.snapshotId === null ? undefined : await readSnapshot(db, origin.snapshotId);
  return originBody(origin, inForce, now);
}
