import type { MaintenancePlan } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import { countGrouped } from '../../1-identification/routine-offers-store.ts';
import type { Db } from '../../platform/database.ts';
import { actorOf } from '../../platform/http/actor.ts';
import type { Handlers } from '../../platform/http/bind.ts';
import type { LocalPrincipal, PersonPrincipal } from '../../platform/http/principal.ts';
import { summaryBody } from '../body.ts';
import { readCampaignRow } from '../campaign-store.ts';
import type { OpeningParts } from '../open.ts';
import { requesterOf } from '../requester.ts';
import { dismissTurn, noSuchTurn, standingsOf, takeTurn } from './answer.ts';
import { planBody, turnBody, turnSummary } from './body.ts';
import { noSuchPlan, pausePlan, removePlan, setPlan } from './perform.ts';
import { readMaintenancePlan, readPlans } from './plan-store.ts';
import { readProposedTurns, readTurn, readTurns } from './turn-store.ts';

type MaintenanceRouteId =
  | `maintenance-plan.${'list' | 'set' | 'remove' | 'pause' | 'resume'}`
  | `maintenance-turn.${'list' | 'show' | 'take' | 'dismiss'}`;

/** What asks for routine campaigns by itself, and what people answer. // SOP S2 */
export function maintenanceRoutes(parts: OpeningParts & { readonly db: Db }): Handlers<MaintenanceRouteId> {
  const { db, policy } = parts;
  return {
    'maintenance-plan.list': async ({ now }) => {
      const [plans, waiting, assets] = [await readPlans(db), await readProposedTurns(db), await countGrouped(db)];
      const waits = new Map(waiting.map((turn) => [turn.plan, turn]));
      return { items: plans.map((plan) => planBody(plan, waits.get(plan.name), assets, now)) };
    },
    'maintenance-plan.set': async ({ params, body, principal, now }) => {
      await setPlan(parts, params.name, body, { actor: actorOf(principal), at: now });
      return shown(db, params.name, now);
    },
    'maintenance-plan.remove': async ({ params, principal, now }) => {
      await removePlan(parts, params.name, { actor: actorOf(principal), at: now });
      return {};
    },
    'maintenance-plan.pause': async ({ params, body, principal, now }) => {
      const said = { why: body.why, login: loginOf(principal) };
      await pausePlan(parts, params.name, said, { actor: actorOf(principal), at: now });
      return shown(db, params.name, now);
    },
    'maintenance-plan.resume': async ({ params, principal, now }) => {
      const said = { why: null, login: loginOf(principal) };
      await pausePlan(parts, params.name, said, { actor: actorOf(principal), at: now });
      return shown(db, params.name, now);
    },
    'maintenance-turn.list': async ({ params }) => {
      if ((await readMaintenancePlan(db, params.name)) === undefined) throw noSuchPlan(params.name);
      return { items: (await readTurns(db, params.name)).map(turnSummary) };
    },
    'maintenance-turn.show': async ({ params: { name, day } }) => {
      const turn = await readTurn(db, name, day);
      if (turn === undefined) throw noSuchTurn(name, day);
      return turnBody(turn, turn.state === 'proposed' ? await standingsOf(db, turn) : (turn.standings ?? []));
    },
    'maintenance-turn.take': async ({ params, body, principal, now }) => {
      const login = await requesterOf(db, body, principal);
      const id = await takeTurn(parts, { ...params, login }, { actor: actorOf(principal), at: now });
      const row = await readCampaignRow(db, id);
      if (row === undefined) throw new TypeError(`the campaign ${id} was opened and is not there`);
      return summaryBody(row, policy, now);
    },
    'maintenance-turn.dismiss': async ({ params, body, principal, now }) => {
      const said = { ...params, why: body.why, login: loginOf(principal) };
      return turnBody(await dismissTurn(parts, said, { actor: actorOf(principal), at: now }), []);
    },
  };
}

async function shown(db: Db, name: string, now: Instant): Promise<MaintenancePlan> {
  const plan = await readMaintenancePlan(db, name);
  if (plan === undefined) throw noSuchPlan(name);
  const waiting = (await readProposedTurns(db)).find((turn) => turn.plan === name);
  return planBody(plan, waiting, await countGrouped(db), now);
}

/** As the record has it where nobody is signed in: a shell on the server. */
function loginOf(principal: PersonPrincipal | LocalPrincipal): string {
  return principal.kind === 'person' ? principal.login : 'local';
}
