import { decideGrantUnder, type GRANT_CHECKS, type GrantFacts, limitReasons } from '../../6-deployment/index.ts';
import {
  type JobEvent,
  type JobReport,
  type JobStateName,
  type LedgerEntry,
  outcomeOf,
  slotOf,
  stepJob,
} from '../../job/index.ts';
import { reportOf } from '../../job/testing/samples.ts';
import type { Dice } from './dice.ts';
import { hashOf } from './people.ts';
import { GROUPS, GROUPS_OF, OTHERS, POLICY, startsAllowed, type World, type WorldJob } from './world.ts';

export type GrantChecks = typeof GRANT_CHECKS;
/** Counts transitions of jobs: state, event, state. */
export type CountJob = (transition: string) => void;

/** One thing happens to one job: of this campaign's open wave, or of another campaign in the same groups. */
export function moveJob(world: World, checks: GrantChecks, dice: Dice, count: CountJob): WorldJob | null {
  const job = chosenJob(world, dice);
  if (job === null) return null;
  const event = dice.chance(0.75) ? likely(job, dice) : dice.one(UNLIKELY);
  if (event === 'grant') grant(world, job, checks, count);
  else take(world, job, event(job, dice), count);
  return job;
}

function chosenJob(world: World, dice: Dice): WorldJob | null {
  const { state } = world;
  const open = state?.waves.find(({ closed }) => closed === null)?.assets ?? [];
  if (state === null) return null;
  const others = dice.chance(0.25);
  const known = dice.chance(0.85) ? open : ['front1', 'front2', 'store1', 'store2'];
  const assetId = dice.any(others && dice.chance(0.7) ? OTHERS : known);
  if (assetId === undefined) return null;
  const plan = others ? hashOf('other-plan') : (state.plan?.hash ?? hashOf('none'));
  const mine = [...world.jobs.values()].filter((job) => job.assetId === assetId && job.state.plan === plan);
  const newest = mine.at(-1);
  const over = newest !== undefined && ['succeeded', 'canceled', 'expired', 'rolled-back'].includes(newest.state.name);
  if (newest !== undefined && !(over && dice.chance(0.2))) return newest;
  const epoch = world.jobs.size;
  const event: JobEvent = {
    kind: 'job.queued',
    plan,
    assetId,
    wave: state.waves.length,
    epoch,
    groups: GROUPS_OF[assetId] ?? [],
  };
  const stepped = stepJob(null, event, world.now);
  if ('refused' in stepped) return null;
  const job = { key: `${assetId}-${epoch}`, assetId, state: stepped.state, events: [{ event, at: world.now }] };
  world.jobs.set(job.key, job);
  return job;
}

type Move = (job: WorldJob, dice: Dice) => JobEvent;

const offer: Move = () => ({ kind: 'job.offered' });
const silent: Move = () => ({ kind: 'job.silent' });
const cancel: Move = () => ({ kind: 'job.canceled', why: 'halted' });
const expire: Move = () => ({ kind: 'job.expired' });
const declare: Move = (_, dice) => ({
  kind: 'job.declared',
  as: dice.one(['up-verified', 'down-accepted', 'decommissioned']),
  person: 'eve',
});
function says(...phases: readonly [JobReport['phase'], ...JobReport['phase'][]]): Move {
  return ({ state }, dice) => {
    const phase = dice.one(phases);
    const sequence = dice.chance(0.95) ? state.lastSequence + 1 : state.lastSequence;
    return { kind: 'job.reported', sequence, report: reportOf(phase, dice.one(['postinst', 'disk'])) };
  };
}

const UNLIKELY: readonly [Move | 'grant', ...(Move | 'grant')[]] = [
  offer,
  silent,
  silent,
  cancel,
  expire,
  declare,
  'grant',
  says('claimed', 'fetching', 'preflight', 'armed'),
  says('installing', 'verifying', 'rebooting', 'health', 'returned'),
  says('succeeded', 'failed', 'rolled-back', 'rolling-back', 'rollback-failed', 'blocked'),
];

const WORK: Move = says('succeeded', 'succeeded', 'verifying', 'health', 'rebooting', 'failed', 'rolling-back');
const CLAIM: Move = says('armed', 'armed', 'armed', 'claimed', 'fetching', 'preflight', 'blocked');

const LIKELY: { readonly [name in JobStateName]?: (dice: Dice) => Move | 'grant' } = {
  queued: () => offer,
  blocked: () => offer,
  offered: () => CLAIM,
  claimed: () => CLAIM,
  fetching: () => CLAIM,
  preflight: () => CLAIM,
  armed: () => 'grant',
  granted: (dice) => (dice.chance(0.15) ? silent : says('installing', 'installing', 'returned', 'succeeded')),
  installing: (dice) => (dice.chance(0.1) ? silent : WORK),
  verifying: (dice) => (dice.chance(0.1) ? silent : WORK),
  rebooting: (dice) => (dice.chance(0.1) ? silent : WORK),
  health: (dice) => (dice.chance(0.1) ? silent : WORK),
  failed: (dice) => (dice.chance(0.3) ? declare : says('rolling-back', 'rolled-back')),
  'rolling-back': () => says('rolled-back', 'rollback-failed'),
  'rollback-failed': () => says('rolled-back', 'rollback-failed'),
};

function likely({ state }: WorldJob, dice: Dice): Move | 'grant' {
  return LIKELY[state.name]?.(dice) ?? silent;
}

/** Everything that this world knows of a request to start. */
function grant(world: World, job: WorldJob, checks: GrantChecks, count: CountJob): void {
  const verdict = decideGrantUnder(checks, factsOf(world, job), world.now);
  if (verdict.kind !== 'proceed') return;
  world.count += 1;
  take(world, job, { kind: 'job.granted', grant: `grant-${world.count}`, startBy: verdict.value.startBy }, count);
}

function factsOf(world: World, job: WorldJob): GrantFacts {
  const { state } = world;
  const foreign = job.state.plan === hashOf('other-plan');
  const jobs = [...world.jobs.values()];
  const ledger = jobs.flatMap((one): LedgerEntry[] => {
    const slot = slotOf(one.key, one.state);
    return slot === null ? [] : [slot];
  });
  const mine = jobs.filter((one) => one.state.plan === state?.plan?.hash);
  const outcomes = mine.map((one) => ({
    host: one.assetId,
    outcome: outcomeOf(one.state),
    error: one.state.error,
    failedAt: one.state.failedAt,
  }));
  return {
    host: job.assetId,
    job: job.state,
    campaignDeploys: foreign || (state?.name === 'deploying' && state.plan?.hash === job.state.plan),
    waveOpen:
      foreign || state?.waves.some(({ closed, assets }) => closed === null && assets.includes(job.assetId)) === true,
    plan: { notAfter: foreign ? Number.MAX_SAFE_INTEGER : (state?.plan?.notAfter ?? 0) },
    intervals: startsAllowed(world.now),
    groups: GROUPS.filter(({ name }) => job.state.groups.includes(name)),
    ledger,
    otherActiveJobs: jobs.filter((one) => one.assetId === job.assetId && one.key !== job.key && one.state.slot !== null)
      .length,
    forked: false,
    rolledBackBefore: jobs.some(
      (one) => one.assetId === job.assetId && one.state.name === 'rolled-back' && one.state.plan === job.state.plan,
    ),
    backup: [],
    limit: foreign
      ? []
      : limitReasons(outcomes, POLICY.lanes[state?.lane ?? 'routine'].pauseLimit, state?.resumedAt ?? null),
  };
}

function take(world: World, job: WorldJob, event: JobEvent, count: CountJob): void {
  const stepped = stepJob(job.state, event, world.now);
  if ('refused' in stepped) return;
  const what = event.kind === 'job.reported' ? event.report.phase : event.kind;
  count(`job ${job.state.name} ${what} ${stepped.state.name}`);
  job.events.push({ event, at: world.now });
  job.state = stepped.state;
}
