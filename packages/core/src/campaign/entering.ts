import { type Reason, reasonOf } from '../vocabulary/index.ts';
import type { CampaignEventKind, EventOf } from './event.ts';
import { NOTHING_DONE } from './initial.ts';
import type { CampaignState, Recorded } from './state.ts';
import type { CampaignStateName } from './state-name.ts';

type Enter = (before: CampaignState, recorded: Recorded) => Partial<CampaignState>;

/** What coming into a state brings with it, beside what the event says. */
const ENTERING: { readonly [name in CampaignStateName]?: Enter } = {
  // A resumed halt finds the pause that it interrupted.
  paused: (before, recorded) => (before.name === 'halted' ? {} : { pause: interruption(before, recorded) }),
  halted: (before, recorded) => ({ halt: interruption(before, recorded), end: null }),
  replanning: (before, { event }) => ({ ...withoutPlan(before), outdatedBy: reasonsFor(WHY_REPLANNED, before, event) }),
  quarantined: (before) => withoutPlan(before),
  authentic: (before) => (before.plan === null ? {} : withoutPlan(before)),
  // An expired mitigation or acceptance: everything after identification is asked anew. A resumed campaign is not.
  identified: (before) => (before.end === null ? {} : { ...withoutPlan(before), ...NOTHING_DONE, risk: null }),
};

export function entering(before: CampaignState, recorded: Recorded): Partial<CampaignState> {
  return ENTERING[recorded.to]?.(before, recorded) ?? {};
}

/** Votes bind to one plan: without it there are none. */
function withoutPlan(before: CampaignState): Partial<CampaignState> {
  const { plan, stalePlans, change, windows, votes, notice, waves } = before;
  const isCarried = plan !== null && waves.length > 0;
  return {
    ...(isCarried ? { carried: { plan, change, windows, votes, notice, waves } } : {}),
    plan: null,
    stalePlans: plan === null ? stalePlans : [...stalePlans, plan.hash],
    change: null,
    windows: [],
    votes: [],
    notice: null,
    waves: [],
    outdatedBy: [],
    soak: null,
    rescan: null,
  };
}

function interruption(before: CampaignState, { event, at, by }: Recorded): CampaignState['halt'] {
  const why = event.kind === 'halt' ? [reasonOf('campaign-halted', `${by}: ${event.why}`)] : [];
  return { reasons: [...why, ...reasonsFor(WHY_STOPPED, before, event)], by, at, returnTo: before.name };
}

type Why = { readonly [K in CampaignEventKind]?: (event: EventOf<K>, before: CampaignState) => readonly Reason[] };

const WHY_STOPPED: Why = {
  'limit.hit': ({ reasons }) => reasons,
  'approval.revoked': ({ signed }) => [reasonOf('approval-revoked', signed.person)],
  'test.verdict': (_, { title }) => [reasonOf('test-failed', title)],
  'soak.verdict': (_, { title }) => [reasonOf('soak-failed', title)],
  'rollback.completed': ({ failed }) => failed.map((assetId) => reasonOf('rollback-failed', assetId)),
  'timer.fired': (_, { title }) => [reasonOf('plan-expired', title)],
  'campaign.withdrawn': (_, { title }) => [reasonOf('vendor-withdrew', title)],
  'invariant.broken': ({ invariant, detail }) => [reasonOf('invariant-broken', `${invariant} (${detail})`)],
};

const WHY_REPLANNED: Why = {
  'plan.stale': ({ reasons }) => reasons,
  'plan.superseded': (_, { title }) => [reasonOf('plan-outdated', title)],
  'lane.proposed': (_, { title }) => [reasonOf('lane-raised', title)],
  'lane.set': (_, { title }) => [reasonOf('lane-raised', title)],
  'timer.fired': (_, { title }) => [reasonOf('plan-expired', title)],
  resume: (_, { outdatedBy, title }) => (outdatedBy.length > 0 ? outdatedBy : [reasonOf('plan-expired', title)]),
};

function reasonsFor(why: Why, before: CampaignState, event: Recorded['event']): readonly Reason[] {
  // The compiler does not see that the function under an event's own kind takes that event.
  const told = why[event.kind] as ((given: Recorded['event'], of: CampaignState) => readonly Reason[]) | undefined;
  return told?.(event, before) ?? [];
}
