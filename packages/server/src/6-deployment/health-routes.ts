import type { HealthProfileBody } from '@patchsteward/contract';
import type { Corridor } from '../platform/corridor.ts';
import type { Db } from '../platform/database.ts';
import { actorOf } from '../platform/http/actor.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { readHealth, writeHealth } from './health-store.ts';

/** What must run on an asset for it to count as healthy. // SOP P6.3, rollout §2.5 */
export function healthRoutes({
  db,
  corridor,
}: {
  readonly db: Db;
  readonly corridor: Corridor;
}): Handlers<'health-profile.show' | 'health-profile.set'> {
  return {
    'health-profile.show': ({ params }) => bodyOf(db, params.id),
    'health-profile.set': async ({ params, body, principal, now }) => {
      const { version, ...profile } = body;
      await corridor.change({ actor: actorOf(principal), at: now }, async (tx) => {
        await assertAsset(tx, params.id);
        if (!(await writeHealth(tx, params.id, profile, version))) {
          throw new Refusal('conflict', `The health profile is not at version ${version} any more.`);
        }
        const payload = { ...profile, units: [...profile.units], ports: [...profile.ports], urls: [...profile.urls] };
        return { value: undefined, leaves: [{ kind: 'health-profile.changed', subject: params.id, payload }] };
      });
      return bodyOf(db, params.id);
    },
  };
}

async function bodyOf(db: Db, assetId: string): Promise<HealthProfileBody> {
  await assertAsset(db, assetId);
  const profile = (await readHealth(db, [assetId])).get(assetId);
  if (profile === undefined) return { units: [], ports: [], urls: [], watchMs: 60_000, version: 0 };
  const { units, ports, urls, watchMs, version } = profile;
  return { units: [...units], ports: [...ports], urls: [...urls], watchMs, version };
}

async function assertAsset(db: Parameters<typeof readHealth>[0], id: string): Promise<void> {
  const row = await db.selectFrom('identification.asset').select('id').where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new Refusal('not-found', `There is no asset ${id}.`);
}
