import type { ExtraordinaryRequest, ExtraordinaryWindow } from '@patchsteward/contract';
import { type CampaignState, productionOf } from '@patchsteward/core/campaign';
import type { Policy } from '@patchsteward/core/policy';
import { DAY_MS } from '@patchsteward/core/vocabulary';
import {
  EXTRAORDINARY_MAX,
  insertExtraordinary,
  readExtraordinary,
  withdrawExtraordinary,
} from '../6-deployment/extraordinary-store.ts';
import type { Corridor } from '../platform/corridor.ts';
import type { Db } from '../platform/database.ts';
import { actorOf } from '../platform/http/actor.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { newId } from '../platform/ids.ts';
import { lockCampaign, readCampaignRow } from './campaign-store.ts';
import { extraordinaryBody, readFeasibility } from './feasibility.ts';
import type { By } from './feed.ts';

interface Parts {
  readonly db: Db;
  readonly corridor: Corridor;
  readonly policy: Policy;
}

/** A time in which a system may be down is agreed to as a night, and not as a month. */
const WINDOW_MS_MAX = 7 * DAY_MS;

type RouteId = 'campaign.feasibility' | 'extraordinary.add' | 'extraordinary.remove';

/** Who cannot be done in time, said at the first hour, and what helps. // SOP S1 */
export function feasibilityRoutes(parts: Parts): Handlers<RouteId> {
  const { db, policy, corridor } = parts;
  return {
    'campaign.feasibility': async ({ params, now }) => {
      const row = await readCampaignRow(db, params.id);
      if (row === undefined) throw noSuchCampaign(params.id);
      return { feasibility: await readFeasibility(db, row.state, policy, now) };
    },
    'extraordinary.add': async ({ params, body, principal, now }) =>
      addWindow(parts, params.id, body, { actor: actorOf(principal), at: now }),
    'extraordinary.remove': async ({ params: { id, window }, principal, now }) => {
      await corridor.change({ actor: actorOf(principal), at: now }, async (tx) => {
        if (!(await withdrawExtraordinary(tx, id, window, now))) {
          throw new Refusal('not-found', `The campaign has no extraordinary window ${window}.`);
        }
        const leaves = [{ kind: 'extraordinary-window.withdrawn', subject: id, payload: { window } }];
        return { value: undefined, leaves, wishes: [progressOf(id)] };
      });
      return {};
    },
  };
}

/** Asked for by IT; what counts is that the owners sign the plan that has it. // SOP R2 */
async function addWindow(
  { corridor }: Parts,
  campaign: string,
  request: ExtraordinaryRequest,
  by: By,
): Promise<ExtraordinaryWindow> {
  return corridor.change(by, async (tx) => {
    const held = await lockCampaign(tx, campaign);
    if (held === undefined) throw noSuchCampaign(campaign);
    const window = {
      ...{ id: newId(), campaign, why: request.why, by: by.actor, at: by.at },
      assets: [...new Set(request.assets)].sort(),
      from: Date.parse(request.from),
      until: Date.parse(request.until),
    };
    refuseImpossible(window, held.state);
    if ((await readExtraordinary(tx, campaign)).length >= EXTRAORDINARY_MAX) {
      throw new Refusal('conflict', `The campaign has ${EXTRAORDINARY_MAX} extraordinary windows already.`);
    }
    await insertExtraordinary(tx, window);
    const body = extraordinaryBody(window);
    const leaves = [{ kind: 'extraordinary-window.asked', subject: campaign, payload: body }];
    return { value: body, leaves, wishes: [progressOf(campaign)] };
  });
}

function refuseImpossible(
  { assets, from, until, at }: { assets: readonly string[]; from: number; until: number; at: number },
  state: CampaignState,
): void {
  if (from >= until || until <= at || until - from > WINDOW_MS_MAX) {
    throw new Refusal('bad-request', 'The window must end after it begins, lie ahead, and be a week long at most.', {
      details: [{ path: 'body.until', problem: 'must be after body.from, ahead, and within a week of it' }],
    });
  }
  const production = new Set(productionOf(state).map(({ assetId }) => assetId));
  const others = assets.filter((assetId) => !production.has(assetId));
  if (others.length === 0) return;
  throw new Refusal('bad-request', 'Some of these assets are not in production in this campaign.', {
    details: others.slice(0, 20).map((id) => ({ path: 'body.assets', problem: `${id} is not in it` })),
  });
}

function progressOf(campaign: string) {
  return { kind: 'campaign.progress', key: campaign, payload: null };
}

function noSuchCampaign(id: string): Refusal {
  return new Refusal('not-found', `There is no campaign ${id}.`);
}
