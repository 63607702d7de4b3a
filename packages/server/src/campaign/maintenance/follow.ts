import { type DueTurn, dueTurns, nextTurns, type ZoneTable } from '@patchsteward/core/plan';
import type { Policy } from '@patchsteward/core/policy';
import { DAY_MS, type Instant } from '@patchsteward/core/vocabulary';
import { zoneTable } from '@patchsteward/standards/zones';
import { listRoutineOffers, type RoutineOffer } from '../../1-identification/routine-offers-store.ts';
import type { Changed, GrantedWish, NewLeaf, TimerChange } from '../../platform/corridor.ts';
import type { Tx } from '../../platform/database.ts';
import { lockPlan, type PlanRow, updatePlan } from './plan-store.ts';
import { insertTurn, lapseTurn, type TurnRow } from './turn-store.ts';

/** A turn of a maintenance plan (the subject) opens. */
export const TURN_OPENS = 'maintenance-turn.opens';

/** As far as turns are looked for, and a month for the zone. */
const TABLE_MS = 830 * DAY_MS;

/** The clocks of a plan, from then on. */
export function clocksOf({ zone }: Pick<PlanRow, 'zone'>, from: Instant): ZoneTable {
  return zoneTable(zone, from, from + TABLE_MS);
}

/** It is time: what has come is told, whatever servers did meanwhile, and the timer of the next is set. // SOP S2 */
export async function grantTurn(policy: Policy, { key, at }: GrantedWish, tx: Tx): Promise<Changed<void>> {
  const plan = await lockPlan(tx, key);
  if (plan === undefined) return { value: undefined };
  const { leaves, followed } = await followTurns(tx, policy, plan, at);
  return { value: undefined, leaves, timers: [timerOf(followed)] };
}

/** Under the lock of the plan: every turn that has come since the last look, each once. */
export async function followTurns(
  tx: Tx,
  policy: Policy,
  plan: PlanRow,
  now: Instant,
): Promise<{ readonly leaves: readonly NewLeaf[]; readonly followed: PlanRow }> {
  const { followedUntil, paused } = plan;
  const span = { followedUntil, now, isPaused: paused !== null };
  const leaves: NewLeaf[] = [];
  for (const turn of dueTurns(plan, clocksOf(plan, followedUntil), span)) {
    leaves.push(...(await tellTurn(tx, policy, plan, turn, now)));
  }
  const followed = { ...plan, followedUntil: Math.max(followedUntil, now) };
  await updatePlan(tx, followed);
  return { leaves, followed };
}

/** When it is to be looked at again; null takes the timer of a plan without a further turn back. */
export function timerOf(plan: PlanRow): TimerChange {
  const [next] = nextTurns(plan, clocksOf(plan, plan.followedUntil), plan.followedUntil, 1);
  return { kind: TURN_OPENS, subject: plan.name, due: next?.opensAt ?? null };
}

async function tellTurn(
  tx: Tx,
  policy: Policy,
  { name, groups }: PlanRow,
  { day, opensAt, as }: DueTurn,
  now: Instant,
): Promise<NewLeaf[]> {
  const updates = as === 'proposed' ? await listRoutineOffers(tx, groups, now - policy.lanes.routine.coolingOffMs) : [];
  const state = as === 'proposed' && updates.length === 0 ? 'empty' : as;
  // Another one has come: what nobody answered is over, and its updates are in this list.
  const lapsed = as === 'proposed' ? await lapseTurn(tx, name) : undefined;
  const isNew = await insertTurn(tx, { plan: name, day, opensAt, toldAt: now, state, updates });
  return [
    ...(lapsed === undefined ? [] : [turnLeaf('lapsed', name, lapsed, {})]),
    ...(isNew
      ? [turnLeaf(state, name, day, { opensAt: new Date(opensAt).toISOString(), updates: said(updates) })]
      : []),
  ];
}

function said(updates: readonly RoutineOffer[]): string[] {
  return updates.map(({ scope, source, sourceVersion }) => `${scope}/${source} ${sourceVersion}`);
}

/** An entry of the record about one turn. // SOP P7.1 */
export function turnLeaf(state: TurnRow['state'], plan: string, day: string, payload: object): NewLeaf {
  return { kind: `maintenance-turn.${state}`, subject: `${plan} ${day}`, payload: { plan, day, ...payload } };
}
