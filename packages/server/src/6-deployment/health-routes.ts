import type { HealthProfileBody } from '@patchsteward/contract';
import type { FurtherChecks, HealthProfile } from '@patchsteward/core/plan';
import type { Corridor } from '../platform/corridor.ts';
import type { Db } from '../platform/database.ts';
import { actorOf } from '../platform/http/actor.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { readHealth, writeHealth } from './health-store.ts';

const NOTHING: HealthProfileBody = {
  ...{ units: [], ports: [], urls: [], files: [], errorLinesMax: null },
  wanted: { units: [], ports: [], urls: [], files: [] },
  ...{ watchMs: 60_000, version: 0 },
};

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
      const { version, ...said } = body;
      await corridor.change({ actor: actorOf(principal), at: now }, async (tx) => {
        await assertAsset(tx, params.id);
        if (!(await writeHealth(tx, params.id, profileOf(body), version))) {
          throw new Refusal('conflict', `The health profile is not at version ${version} any more.`);
        }
        return { value: undefined, leaves: [{ kind: 'health-profile.changed', subject: params.id, payload: said }] };
      });
      return bodyOf(db, params.id);
    },
  };
}

async function bodyOf(db: Db, assetId: string): Promise<HealthProfileBody> {
  await assertAsset(db, assetId);
  const profile = (await readHealth(db, [assetId])).get(assetId);
  if (profile === undefined) return NOTHING;
  const { units, ports, urls, watchMs, version, further } = profile;
  const { files, errorLinesMax, wanted } = further ?? { ...NOTHING };
  return {
    ...{ units: [...units], ports: [...ports], urls: [...urls], files: [...files], errorLinesMax },
    wanted: {
      ...{ units: [...wanted.units], ports: [...wanted.ports] },
      ...{ urls: [...wanted.urls], files: [...wanted.files] },
    },
    ...{ watchMs, version },
  };
}

/** A profile that says nothing further has no such part: two that mean the same are the same. */
function profileOf({ units, ports, urls, files, errorLinesMax, wanted, watchMs }: HealthProfileBody): HealthProfile {
  const further: FurtherChecks = { files, errorLinesMax, wanted };
  const lists = [files, wanted.units, wanted.ports, wanted.urls, wanted.files];
  const empty = errorLinesMax === null && lists.every(({ length }) => length === 0);
  return { units, ports, urls, watchMs, ...(empty ? {} : { further }) };
}

async function assertAsset(db: Parameters<typeof readHealth>[0], id: string): Promise<void> {
  const row = await db.selectFrom('identification.asset').select('id').where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new Refusal('not-found', `There is no asset ${id}.`);
}
