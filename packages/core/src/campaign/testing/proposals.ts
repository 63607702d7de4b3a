import { PLAN_KINDS, type PlanKind } from '../../plan/index.ts';
import { unfilledSeats } from '../../policy/index.ts';
import {
  DAY_MS,
  HOUR_MS,
  type Instant,
  isProduction,
  LANES,
  MINUTE_MS,
  reasonOf,
  type SignedBy,
} from '../../vocabulary/index.ts';
import type { CampaignEvent, CampaignEventKind } from '../event.ts';
import type { CampaignState } from '../state.ts';
import type { Dice } from './dice.ts';
import { hashOf, PEOPLE, ROLES_OF, signedBy } from './people.ts';
import { fleet, POLICY, START, type World } from './world.ts';

/** An event that somebody might feed, and when: it waits for `at` where the honest sender would. */
export interface Proposed {
  readonly event: CampaignEvent;
  readonly at?: Instant;
}

type Build = (state: CampaignState, world: World, dice: Dice) => Proposed;

/** For each kind an event as an honest sender would make it out of what the campaign is. */
export const HONEST: { readonly [K in CampaignEventKind]: Build } = {
  'update.seen': (_, __, dice) => seen(dice),
  'update.revised': () => ({ event: { kind: 'update.revised', note: 'second edition' } }),
  'scope.computed': (_, __, dice) => ({
    event: {
      kind: 'scope.computed',
      assets: dice.chance(0.05) ? [] : fleet(dice.one(['low', 'normal', 'high', 'critical'])),
    },
  }),
  'lane.proposed': (state, _, dice) => {
    const lane = dice.one(state.lane === null ? LANES : ([state.lane, 'critical', 'emergency', 'mitigation'] as const));
    return { event: { kind: 'lane.proposed', lane, due: dueOf(state, lane, dice), reasons: [] } };
  },
  'lane.set': (state, _, dice) => {
    const lane = dice.chance(0.4) ? (state.lane ?? 'critical') : dice.one(LANES);
    const signed = [signedBy('dot'), ...(dice.chance(0.6) ? [signedBy('ben')] : [])];
    return { event: { kind: 'lane.set', lane, due: dueOf(state, lane, dice), signed } };
  },
  'risk.assessed': (_, __, dice) => ({
    event: {
      kind: 'risk.assessed',
      assessment: { impact: 'low', reboot: false, restarts: [], rollback: 'prepared', exposure: 'internal', note: '' },
      signed: signedBy(dice.one(['eve', 'ada', 'dot', 'cem'])),
    },
  }),
  'auth.verified': (_, world) => ({ event: { kind: 'auth.verified', report: named(world, 'report'), files: 4 } }),
  'auth.failed': (_, __, dice) => ({
    event: {
      kind: 'auth.failed',
      reasons: [reasonOf(dice.chance(0.3) ? 'hash-mismatch' : 'origin-unreachable', 'openssl')],
    },
  }),
  'auth.released': () => ({ event: { kind: 'auth.released', signed: [signedBy('dot'), signedBy('fay')] } }),
  'test.started': ({ trial }, _, dice) => ({
    event: {
      kind: 'test.started',
      plan: trial.plan ?? hashOf('nothing'),
      signed: signedBy(dice.one(['eve', 'ada', 'ivo'])),
    },
  }),
  'test.verdict': (_, world, dice) => ({
    event: {
      kind: 'test.verdict',
      result: dice.one(['pass', 'pass', 'pass', 'pass', 'fail', 'inconclusive', 'inconclusive']),
      report: named(world, 'trial'),
      reasons: [],
    },
  }),
  'test.accepted': (_, __, dice) => ({
    event: { kind: 'test.accepted', signed: [signedBy('eve'), signedBy(dice.one(['ben', 'fay']))] },
  }),
  'test.deferred': (_, { now }) => ({
    event: { kind: 'test.deferred', due: now + 48 * HOUR_MS, signed: signedBy('dot') },
  }),
  'backup.checked': (state, _, dice) => {
    const missing = dice.chance(0.1) ? [reasonOf('backup-stale', 'front1')] : [];
    const proofs = state.assets.filter(isProduction).map(({ assetId }) => ({
      assetId,
      evidence: hashOf(`proof-${assetId}`),
      waived: state.waivers.some((waiver) => waiver.assetId === assetId) && dice.chance(0.5),
    }));
    return { event: { kind: 'backup.checked', proofs, missing } };
  },
  'plan.compiled': (state, world, dice) => compiled(state, world, dice),
  'plan.stale': () => ({ event: { kind: 'plan.stale', reasons: [reasonOf('plan-outdated', 'front1 changed')] } }),
  'plan.superseded': (_, world) => ({ event: { kind: 'plan.superseded', by: named(world, 'plan') } }),
  'change.requested': (state) => ({
    event: { kind: 'change.requested', plan: planOf(state), signed: signedBy(state.requester), why: 'CVE' },
  }),
  'window.agreed': (state, _, dice) => {
    const lacking = state.assets.filter(
      (one) => isProduction(one) && !state.windows.some(({ assets }) => assets.includes(one.assetId)),
    );
    const first = dice.any(lacking.length > 0 ? lacking : state.assets);
    const owner = first?.owner ?? dice.one(['ben', 'fay', 'gus']);
    const assets = state.assets
      .filter((one) => one.owner === owner || one.owner === null)
      .map(({ assetId }) => assetId);
    return { event: { kind: 'window.agreed', plan: planOf(state), signed: signedBy(owner), assets } };
  },
  'approval.signed': (state, _, dice) => ({
    event: { kind: 'approval.signed', plan: planOf(state), signed: wantedVoter(state, dice) },
  }),
  'approval.refused': (state, _, dice) => ({
    event: {
      kind: 'approval.refused',
      plan: planOf(state),
      signed: signedBy(dice.one(['gus', 'cem'])),
      why: 'not now',
    },
  }),
  'approval.revoked': (state, _, dice) => ({
    event: {
      kind: 'approval.revoked',
      plan: planOf(state),
      signed: dice.any(state.votes) ?? signedBy('gus'),
      why: 'changed my mind',
    },
  }),
  'notice.sent': (state, world) => ({
    event: {
      kind: 'notice.sent',
      receipts: named(world, 'receipts'),
      elapsesAt: world.now + 30 * MINUTE_MS + POLICY.lanes[state.lane ?? 'routine'].noticeMs,
    },
  }),
  'notice.elapsed': (state) => ({ event: { kind: 'notice.elapsed' }, ...waitUntil(state.notice?.elapsesAt) }),
  'wave.opened': (state, _, dice) => {
    const earlier = state.waves.flatMap(({ assets }) => assets);
    const rest = state.assets.filter((one) => isProduction(one) && !earlier.includes(one.assetId));
    const assets = rest.slice(0, 1 + dice.below(2)).map(({ assetId }) => assetId);
    return {
      event: { kind: 'wave.opened', wave: state.waves.length + 1, assets },
      ...waitUntil(state.plan?.firstStart),
    };
  },
  'wave.closed': (state, _, dice) => {
    const open = state.waves.find(({ closed }) => closed === null);
    const hosts = open?.assets.length ?? 1;
    const failed = dice.chance(0.85) ? 0 : dice.below(hosts + 1);
    return { event: { kind: 'wave.closed', wave: open?.wave ?? 1, succeeded: hosts - failed, failed } };
  },
  'deployment.done': (_, __, dice) => ({
    event: { kind: 'deployment.done', succeeded: dice.below(2), failed: dice.chance(0.1) ? 1 : 0 },
  }),
  'limit.hit': () => ({ event: { kind: 'limit.hit', reasons: [reasonOf('failure-limit', '2 of 3')] } }),
  'invariant.broken': () => ({ event: { kind: 'invariant.broken', invariant: 'S5', detail: 'front1' } }),
  halt: () => ({ event: { kind: 'halt', why: 'something is wrong' } }),
  resume: (state, _, dice) => ({
    event: { kind: 'resume', signed: dice.chance(0.1) ? anyone(dice) : approver(state, dice), why: 'looked at' },
  }),
  'rollback.requested': (state, _, dice) => ({
    event: { kind: 'rollback.requested', signed: [approver(state, dice)], why: 'broken' },
  }),
  'rollback.completed': (_, __, dice) => ({
    event: { kind: 'rollback.completed', assets: ['front1'], failed: dice.chance(0.3) ? ['store1'] : [] },
  }),
  'host.declared': (state, _, dice) => ({
    event: {
      kind: 'host.declared',
      assetId: dice.any(state.assets)?.assetId ?? 'front1',
      as: dice.one(['up-verified', 'down-accepted', 'decommissioned']),
      signed: signedBy(dice.one(['eve', 'ben'])),
      why: 'seen',
    },
  }),
  'waiver.signed': (state, { now }, dice) => {
    const chosen = dice.any(state.assets);
    return {
      event: {
        kind: 'waiver.signed',
        assetId: chosen?.assetId ?? 'front1',
        signed: signedBy(chosen?.owner ?? 'gus'),
        expiresAt: now + DAY_MS * (1 + dice.below(30)),
        why: 'stateless',
      },
    };
  },
  'exception.signed': (state, { now }, dice) => ({
    event: {
      kind: 'exception.signed',
      assetId: dice.any(state.assets)?.assetId ?? 'front1',
      signed: [signedBy('dot'), signedBy('ben')],
      expiresAt: now + 30 * DAY_MS,
      why: 'retired next month',
    },
  }),
  'soak.verdict': (state, world, dice) => ({
    event: {
      kind: 'soak.verdict',
      result: dice.one(['pass', 'pass', 'pass', 'pass', 'fail', 'inconclusive']),
      report: named(world, 'soak'),
    },
    ...waitUntil(soakEnd(state)),
  }),
  'rescan.done': (_, world, dice) => {
    const remaining = dice.chance(0.3) ? ['store2'] : [];
    return { event: { kind: 'rescan.done', clean: remaining.length === 0, remaining, report: named(world, 'scan') } };
  },
  'audit.signed': (_, __, dice) => ({
    event: {
      kind: 'audit.signed',
      signed: signedBy(dice.one(['eve', 'dot', 'ivo', 'ada'])),
      dispositions: dice.chance(0.6)
        ? ['front1', 'front2', 'store1', 'store2', 'test1'].map((assetId) => ({ assetId, text: 'seen and accepted' }))
        : [],
    },
  }),
  'campaign.withdrawn': (_, __, dice) => ({
    event: { kind: 'campaign.withdrawn', why: 'pulled', vendor: dice.chance(0.7) },
  }),
  'campaign.superseded': () => ({ event: { kind: 'campaign.superseded', by: 'c2' } }),
  'mitigation.applied': (state, world, dice) => ({
    event: {
      kind: 'mitigation.applied',
      report: named(world, 'mitigation'),
      signed: [signedBy('dot'), signedBy(dice.one(['ben', 'fay']))],
      expiresAt: world.now + POLICY.lanes[state.lane ?? 'routine'].authority.forMs - HOUR_MS,
    },
  }),
  'mitigation.expired': ({ end }) => ({ event: { kind: 'mitigation.expired' }, ...waitUntil(end?.until) }),
  'risk.accepted': (_, { now }) => ({
    event: {
      kind: 'risk.accepted',
      signed: [signedBy('dot'), signedBy('ben')],
      expiresAt: now + 30 * DAY_MS,
      why: 'isolated network',
    },
  }),
  'risk.expired': ({ end }) => ({ event: { kind: 'risk.expired' }, ...waitUntil(end?.until) }),
  'verdict.recorded': (_, __, dice) => ({
    event: {
      kind: 'verdict.recorded',
      room: dice.one(['3-testing', '4-backup', '5-approval', '6-deployment']),
      verdict: { kind: 'wait', waitingOn: [reasonOf('test-running', 'openssl')] },
    },
  }),
  'timer.fired': ({ plan }, _, dice) =>
    dice.chance(0.5)
      ? { event: { kind: 'timer.fired', timer: 'authority-over' }, ...waitUntil(plan?.notAfter) }
      : {
          event: {
            kind: 'timer.fired',
            timer: dice.one(['due-near', 'due-passed', 'approval-unanswered', 'test-debt-due']),
          },
        },
};

/** The kind of plan that is wanted next; now and then another one. */
function compiled(state: CampaignState, world: World, dice: Dice): Proposed {
  const planKind = wantedKind(state, dice);
  const firstStart = world.now + HOUR_MS * (1 + dice.below(30));
  return {
    event: {
      kind: 'plan.compiled',
      plan: named(world, 'plan'),
      planKind,
      waves: 1 + dice.below(2),
      hosts: 4,
      firstStart,
      notAfter: firstStart + 72 * HOUR_MS,
      lastEnd: firstStart + 24 * HOUR_MS,
      infeasible: dice.chance(0.2) ? ['store2'] : [],
    },
  };
}

function wantedKind({ name }: CampaignState, dice: Dice): PlanKind {
  if (dice.chance(0.05)) return dice.one(PLAN_KINDS);
  if (name === 'backed-up') return dice.chance(0.8) ? 'production' : 'test';
  if (name === 'replanning') return 'production';
  return name === 'paused' || name === 'halted' || name === 'rolling-back' ? 'rollback' : 'test';
}

/** Somebody who would fill an empty seat or bring the missing signature of the command line. */
function wantedVoter({ votes, lane, assets, requester }: CampaignState, dice: Dice): SignedBy {
  const keyClass = dice.chance(0.75) ? 'cli' : 'console';
  const level = assets.find(isProduction)?.criticality ?? 'low';
  const empty = unfilledSeats(votes, POLICY.lanes[lane ?? 'routine'].approvals[level].seats).flat();
  const able = PEOPLE.filter(
    (one) => one !== requester && ROLES_OF[one]?.some((role) => empty.length === 0 || empty.includes(role)),
  );
  const fresh = able.filter((one) => !votes.some(({ person }) => person === one));
  return signedBy(dice.any(fresh.length > 0 ? fresh : able) ?? 'gus', keyClass);
}

function approver({ lane, assets, requester }: CampaignState, dice: Dice): SignedBy {
  const level = assets.find(isProduction)?.criticality ?? 'low';
  const roles = POLICY.lanes[lane ?? 'critical'].approvals[level].seats.flat();
  const able = PEOPLE.filter((one) => one !== requester && ROLES_OF[one]?.some((role) => roles.includes(role)));
  return signedBy(dice.any(able) ?? 'gus');
}

export function anyone(dice: Dice): SignedBy {
  return signedBy(dice.any(PEOPLE) ?? 'hal', dice.chance(0.5) ? 'cli' : 'console');
}

function dueOf(state: CampaignState, lane: CampaignState['lane'], dice: Dice): Instant {
  const hours = { routine: 720, critical: 48, emergency: 24, mitigation: 4 };
  const due = state.releasedAt + hours[lane ?? 'routine'] * HOUR_MS;
  if (state.due === null) return due;
  return dice.chance(0.85) ? Math.min(state.due, due) - MINUTE_MS : state.due + HOUR_MS;
}

function planOf({ plan }: CampaignState): ReturnType<typeof hashOf> {
  return plan?.hash ?? hashOf('nothing');
}

function soakEnd({ waves, lane }: CampaignState): Instant {
  const last = waves.at(-1)?.closed?.at ?? 0;
  return last + POLICY.lanes[lane ?? 'routine'].soakMs;
}

function waitUntil(at: Instant | null | undefined): { readonly at?: Instant } {
  return at === null || at === undefined ? {} : { at };
}

function named(world: World, what: string): ReturnType<typeof hashOf> {
  world.count += 1;
  return hashOf(`${what}-${world.count}`);
}

export function seen(dice: Dice): Proposed {
  return {
    event: {
      kind: 'update.seen',
      campaign: 'c1',
      title: 'openssl for Debian 12',
      updates: [],
      requester: dice.chance(0.97) ? 'ada' : 'system',
      releasedAt: START - HOUR_MS,
      firstSeen: START,
    },
  };
}
