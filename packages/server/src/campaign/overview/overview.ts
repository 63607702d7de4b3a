import {
  NEED_KINDS,
  type NeedKind,
  OVERVIEW_ITEMS_MAX,
  type Overview,
  type OverviewCampaign,
} from '@patchsteward/contract';
import {
  type CampaignState,
  type Decider,
  explain,
  isOver,
  type Need,
  needsOf,
  type RollbackPlan,
  standsIn,
} from '@patchsteward/core/campaign';
import type { Policy } from '@patchsteward/core/policy';
import { type Instant, type Reason, sentenceOf } from '@patchsteward/core/vocabulary';
import { dueOf, verdictOf } from '../body.ts';

/** Jobs of a campaign by their state. */
export type JobCounts = ReadonlyMap<string, Readonly<Record<string, number>>>;

export interface OverviewFacts {
  /** Open ones, the most urgent first. */
  readonly campaigns: readonly CampaignState[];
  readonly jobs: JobCounts;
  /** Whoever looks, as a campaign knows them. */
  readonly deciderIn: (state: CampaignState) => Decider;
  /** Of campaigns on their way back, by their ids. */
  readonly rollbacks: ReadonlyMap<string, RollbackPlan>;
  readonly policy: Policy;
  readonly now: Instant;
}

type OfCampaigns = Pick<Overview, 'needsMe' | 'late' | 'stopped' | 'running'>;

/** What a person must know of all campaigns at a glance. Each stands in as many places as are true of it. */
export function overviewOf({ campaigns, jobs, deciderIn, rollbacks, policy, now }: OverviewFacts): OfCampaigns {
  const looked = campaigns.map((state) => {
    const rollback = rollbacks.get(state.id) ?? null;
    const needs = needsOf(state, deciderIn(state), { now, policy, rollback });
    return { state, now, needs, ...explain(state, { now, policy }) };
  });
  return {
    needsMe: needsMe(looked),
    late: someOf(looked.flatMap(lateOf)),
    stopped: someOf(looked.flatMap(stoppedOf)),
    running: someOf(
      looked
        .filter(({ state }) => isRunning(state))
        .map((one) => ({ ...bodyOf(one, one.sentence), jobs: { ...jobs.get(one.state.id) } })),
    ),
  };
}

interface Looked {
  readonly state: CampaignState;
  readonly now: Instant;
  readonly sentence: string;
  readonly reasons: readonly Reason[];
  readonly needs: readonly Need[];
}

function needsMe(looked: readonly Looked[]): Overview['needsMe'] {
  const byKind = new Map<NeedKind, OverviewCampaign[]>();
  for (const one of looked) {
    for (const { kind, waiting, others } of one.needs) {
      byKind.set(kind, [...(byKind.get(kind) ?? []), bodyOf(one, withOthers(waiting, others), waiting.by)]);
    }
  }
  // What stands still comes first, then the way through the rooms.
  return NEED_KINDS.flatMap((kind) => {
    const items = byKind.get(kind) ?? [];
    return items.length === 0 ? [] : [{ kind, ...someOf(items) }];
  });
}

function withOthers(first: Reason, others: number): string {
  const sentence = sentenceOf(first);
  return others === 0 ? sentence : `${sentence.replace(/\.$/, '')} (and ${others} more).`;
}

function lateOf(one: Looked): OverviewCampaign[] {
  const { state, now, sentence } = one;
  if (state.due === null) return [];
  if (state.due < now) return [bodyOf(one, sentence, state.due)];
  const infeasible = state.plan?.infeasible ?? [];
  const [first] = infeasible;
  if (first === undefined) return [];
  const named = state.assets.find(({ assetId }) => assetId === first)?.name ?? first;
  const subject = infeasible.length === 1 ? named : `${named} (and ${infeasible.length - 1} more)`;
  const why = sentenceOf({ code: 'no-window-before-due', subject, clearableBy: [] });
  return [bodyOf(one, why, state.due)];
}

function stoppedOf(one: Looked): OverviewCampaign[] {
  if (verdictOf(one.state) === 'stop') return [bodyOf(one, one.sentence, one.reasons[0]?.by)];
  // The due time of the whole is told as late; a wait has a time of its own.
  const over = one.reasons.find((reason) => isOver(reason, one.now) && reason.by !== one.state.due);
  return over === undefined ? [] : [bodyOf(one, sentenceOf(over), over.by)];
}

/** Hosts are being changed, or a test of it runs. */
function isRunning({ name, trial }: CampaignState): boolean {
  if (name === 'deploying' || name === 'rolling-back') return true;
  return name === 'authentic' && trial.started !== null && trial.verdict === null;
}

function bodyOf({ state, now }: Looked, why: string, by?: Instant): OverviewCampaign {
  const { id, title, name, lane } = state;
  return {
    id,
    title,
    room: standsIn(state),
    state: name,
    lane,
    ...dueOf(state, now),
    why,
    by: by === undefined ? null : timeOf(by),
  };
}

function someOf<Item>(items: readonly Item[]): { total: number; items: Item[] } {
  return { total: items.length, items: items.slice(0, OVERVIEW_ITEMS_MAX) };
}

function timeOf(instant: Instant): string {
  return new Date(instant).toISOString();
}
