import type { MaintenancePlan, MaintenanceTurn, MaintenanceTurnSummary } from '@patchsteward/contract';
import { nextTurns, offsetAt } from '@patchsteward/core/plan';
import type { Instant } from '@patchsteward/core/vocabulary';
import { proposalIdOf } from '../../1-identification/proposals.ts';
import { offsetText } from '../../6-deployment/group-next.ts';
import { clocksOf } from './follow.ts';
import type { PlanRow } from './plan-store.ts';
import type { StandingUpdate, TurnRow } from './turn-store.ts';

/** As many as a person looks ahead. */
const NEXT_SHOWN = 5;

export function planBody(
  plan: PlanRow,
  waiting: TurnRow | undefined,
  assets: ReadonlyMap<string, number>,
  now: Instant,
): MaintenancePlan {
  const { name, version, zone, rule, leadDays, opensAt, paused } = plan;
  const clocks = clocksOf(plan, now);
  return {
    ...{ name, version, zone, leadDays, opensAt },
    rule: ruleBody(rule),
    groups: [...plan.groups],
    asked: [...plan.asked],
    assets: plan.groups.reduce((sum, group) => sum + (assets.get(group) ?? 0), 0),
    paused: paused === null ? null : { by: paused.by, at: textOf(paused.at), why: paused.why },
    next: nextTurns(plan, clocks, now, NEXT_SHOWN).map((turn) => ({
      day: turn.day,
      opensAt: textOf(turn.opensAt),
      offset: offsetText(offsetAt(turn.opensAt, clocks)),
    })),
    waiting:
      waiting === undefined
        ? null
        : { day: waiting.day, since: textOf(waiting.toldAt), updates: waiting.updates.length },
  };
}

function ruleBody(rule: PlanRow['rule']): MaintenancePlan['rule'] {
  switch (rule.kind) {
    case 'weekly':
      return { ...rule };
    case 'monthly':
      return { ...rule, months: [...rule.months] };
    case 'announced':
      return { ...rule, dates: [...rule.dates] };
  }
}

export function turnSummary(turn: TurnRow): MaintenanceTurnSummary {
  const { day, state, campaign, decided, updates } = turn;
  return {
    ...{ day, state, campaign, frozen: updates.length },
    opensAt: textOf(turn.opensAt),
    toldAt: textOf(turn.toldAt),
    decided: decided === null ? null : { by: decided.by, at: textOf(decided.at), why: decided.why },
  };
}

/** `standings`: as they are now where it waits, as they were where it was taken. */
export function turnBody(turn: TurnRow, standings: readonly StandingUpdate[]): MaintenanceTurn {
  const byUpdate = new Map(standings.map((one) => [proposalIdOf(one), one.standing]));
  return {
    ...turnSummary(turn),
    updates: turn.updates.map((update) => ({ ...update, standing: byUpdate.get(proposalIdOf(update)) ?? null })),
  };
}

function textOf(instant: Instant): string {
  return new Date(instant).toISOString();
}
