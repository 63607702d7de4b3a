import { decideGrantUnder, GRANT_CHECKS, type GrantCheck } from '@patchsteward/core/6-deployment';
import { GUARDS, type GuardName } from '@patchsteward/core/campaign';
import type { LanePolicy, Policy } from '@patchsteward/core/policy';
import { MINUTE_MS } from '@patchsteward/core/vocabulary';
import type { Move, WaveLook } from '@patchsteward/server/engine';
import type { ModelStore } from '../store/model-store.ts';
import type { Tables } from '../store/tables.ts';
import { ENGINE, type Engine, type Slip } from '../world/engine.ts';

/** A bug that is put into the engine, to see whether somebody notices. */
export interface Plant {
  readonly name: string;
  readonly engine: Engine;
}

/** A server that forgot one of the checks of a grant. */
const CHECKS: readonly GrantCheck[] = ['deploying', 'wave-open', 'interval', 'backup', 'ledger', 'no-fork'];

/** A server whose machine of campaigns lets one of these pass. */
const MISSING_GUARDS: readonly GuardName[] = [
  ...([
    'requester-never-approves',
    'approver-of-the-lane',
    'plan-current',
    'quorum-reached',
    'quorum-still-there',
  ] as const),
  ...(['notice-long-enough', 'resumed-by-approver', 'resumed-not-by-requester', 'declared-by-it-or-owner'] as const),
  'lane-change-signed',
  'test-passed',
  'only-inconclusive-accepted',
  'accepted-by-it-and-owner',
  'expiry-ahead',
];

const SLIPS: readonly Slip[] = [
  ...(['wish-granted-outside', 'timers-in-memory', 'reports-acknowledged-first', 'journal-not-flushed'] as const),
  ...(['people-not-counted', 'requester-counted', 'names-believed', 'hash-not-compared'] as const),
  ...([
    'interval-not-looked-at',
    'done-unseen',
    'back-unseen',
    'package-manager-killed',
    'launched-again',
    'reboots-anyhow',
  ] as const),
  'bytes-not-compared',
  'boot-not-compared',
  'halt-not-told',
  'late-not-named',
];

/** What a server says to its database, or hears from it, and what it should have. */
const STORES: Readonly<Record<string, (store: ModelStore, tables: Tables) => Partial<ModelStore>>> = {
  'a place is given up after ten minutes': (store, { now }) => ({
    readDown: async (groups) => (await read(store, groups)).filter(({ since }) => now() - since < 10 * MINUTE_MS),
  }),
  'silence gives a place up': (store) => ({
    readDown: async (groups) => (await read(store, groups)).filter(({ why }) => why !== 'unknown'),
  }),
  'a way back takes no place': (store) => ({
    readDown: async (groups) => (await read(store, groups)).filter(({ why }) => why !== 'rollback'),
  }),
  'a failed host takes no place': (store) => ({
    readDown: async (groups) => (await read(store, groups)).filter(({ why }) => why !== 'failed'),
  }),
  'only the first group of a host counts': (store) => ({
    readDown: (groups) => read(store, groups.slice(0, 1)),
  }),
  'the budget is that of the fleet': (_, { assets }) => ({
    countMembers: (groups) => Promise.resolve(new Map(groups.map((group) => [group, 10 * assets.size]))),
  }),
  'a campaign is changed without its lock': (_, { campaigns }) => ({
    lockCampaign: (id) => Promise.resolve(campaigns.get(id)),
  }),
  'a job is changed without its lock': (_, { jobs }) => ({ lockJob: (key) => Promise.resolve(jobs.get(key)) }),
  'an event has no entry in the record': (store) => {
    const append = store.append.bind(store);
    return { append: async (...given) => (await append(...given)).slice(1) };
  },
  'a state is kept without its event': () => ({ append: () => Promise.resolve([]) }),
  'an event is kept without its state': () => ({ storeJob: () => Promise.resolve() }),
  'a fork is noticed, and nobody keeps it': () => ({ storeFork: () => Promise.resolve() }),
  'a backup counts for ever': () => ({ backupReasons: () => Promise.resolve([]) }),
  'an appointment is made, and nobody wakes': () => ({ makeAppointments: () => Promise.resolve([]) }),
  'a job forgets which report it heard last': (store) => {
    const storeJob = store.storeJob.bind(store);
    return { storeJob: (job) => storeJob({ ...job, state: { ...job.state, lastSequence: 0 } }) };
  },
};

/** Read by servers; what people agreed to is another one. */
const POLICIES: Readonly<Record<string, Partial<LanePolicy>>> = {
  'one signature is enough': { approvals: oneSeat() },
  'a wave is not watched': { waveSoakMs: 0 },
  'a notice is an instant': { noticeMs: 0 },
  'every second host may fail': { pauseLimit: { failures: 50, percent: 50, alike: 50 } },
};

/** What a room says of a running campaign. */
const FOLLOWS: Readonly<Record<string, (move: Move, look: WaveLook) => Move>> = {
  'a limit is noticed, and nobody stops': (move) => (move.event?.kind === 'limit.hit' ? { verdict: null } : move),
  'a silent host is not named': (move) => {
    const { verdict } = move;
    if (verdict?.kind !== 'wait') return move;
    const waitingOn = verdict.waitingOn.filter(({ code }) => code !== 'host-silent');
    return { ...move, verdict: { ...verdict, waitingOn } };
  },
  'a wave ends when it has begun': (move, { state }) => {
    const open = state.waves.find(({ closed }) => closed === null);
    if (open === undefined || move.event !== undefined) return move;
    return { verdict: null, event: { kind: 'wave.closed', wave: open.wave, succeeded: 1, failed: 0 } };
  },
  'what is unheard of succeeded': (move, { state, now }) => {
    const open = state.waves.find(({ closed }) => closed === null);
    if (open === undefined || move.event !== undefined || now < open.openedAt + 40 * MINUTE_MS) return move;
    return { verdict: null, event: { kind: 'wave.closed', wave: open.wave, succeeded: open.assets.length, failed: 0 } };
  },
};

export const PLANTS: readonly Plant[] = [
  ...CHECKS.map((check) => ({ name: `a grant does not look at: ${check}`, engine: without(check) })),
  ...MISSING_GUARDS.map((guard) => ({ name: `no guard: ${guard}`, engine: unguarded(guard) })),
  ...SLIPS.map((slip) => ({ name: slip.replaceAll('-', ' '), engine: { ...ENGINE, slips: new Set([slip]) } })),
  ...Object.entries(STORES).map(([name, change]) => ({ name, engine: overStore(change) })),
  ...Object.entries(POLICIES).map(([name, figures]) => ({ name, engine: underPolicy(figures) })),
  ...Object.entries(FOLLOWS).map(([name, change]) => ({ name, engine: following(change) })),
];

function without(check: GrantCheck): Engine {
  const checks = { ...GRANT_CHECKS, [check]: () => [] };
  return { ...ENGINE, decideGrant: (facts, now) => decideGrantUnder(checks, facts, now) };
}

function unguarded(guard: GuardName): Engine {
  return { ...ENGINE, guards: { ...GUARDS, [guard]: () => null } };
}

function overStore(change: (store: ModelStore, tables: Tables) => Partial<ModelStore>): Engine {
  return {
    ...ENGINE,
    openStore: (tx, policy, guards) => {
      const store = ENGINE.openStore(tx, policy, guards);
      return Object.assign(store, change(store, tx.tables));
    },
  };
}

function underPolicy(figures: Partial<LanePolicy>): Engine {
  return {
    ...ENGINE,
    policyOf: (policy: Policy) => ({
      ...policy,
      lanes: { ...policy.lanes, critical: { ...policy.lanes.critical, ...figures } },
    }),
  };
}

function following(change: (move: Move, look: WaveLook) => Move): Engine {
  const { deploying } = ENGINE.follows;
  if (deploying === undefined) throw new Error('nobody follows a running campaign');
  return { ...ENGINE, follows: { ...ENGINE.follows, deploying: async (look) => change(await deploying(look), look) } };
}

function read(store: ModelStore, groups: readonly string[]) {
  // The one of the class: its place on this store is taken.
  return Object.getPrototypeOf(store).readDown.call(store, groups) as ReturnType<ModelStore['readDown']>;
}

function oneSeat(): LanePolicy['approvals'] {
  const rule = { seats: [['change', 'security', 'owner']], cliSignatures: 1 } as const;
  return { low: rule, normal: rule, high: rule, critical: rule };
}
