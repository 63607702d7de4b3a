import { GRANT_CHECKS } from '../../6-deployment/index.ts';
import { DAY_MS, MINUTE_MS } from '../../vocabulary/index.ts';
import { GUARDS, type Guards } from '../guards/index.ts';
import { isEnd } from '../room-of.ts';
import type { CampaignState } from '../state.ts';
import type { CampaignStateName } from '../state-name.ts';
import { stepUnder } from '../step.ts';
import { type Dice, diceOf } from './dice.ts';
import { type GrantChecks, moveJob } from './job-moves.ts';
import { spoiled } from './mischief.ts';
import { brokenByCampaign, brokenByJobs } from './promises.ts';
import { HONEST, type Proposed, seen } from './proposals.ts';
import { kindFor, type Style, styleOf } from './style.ts';
import { newWorld, POLICY, type World } from './world.ts';

export interface Machinery {
  readonly guards: Guards;
  readonly checks: GrantChecks;
}
export const WHOLE: Machinery = { guards: GUARDS, checks: GRANT_CHECKS };

/** What a run saw, summed over many orders. */
export interface Tally {
  readonly transitions: Map<string, number>;
  orders: number;
  deployed: number;
  accepted: number;
  refused: number;
}

export function newTally(): Tally {
  return { transitions: new Map(), orders: 0, deployed: 0, accepted: 0, refused: 0 };
}

/** Somebody who wants to see each state on the way. */
type Look = (state: CampaignState, now: number) => void;

/**
 * Feeds one order of events, each made from one number: mostly what gets the campaign on, at times something else that
 * could be meant, at times spoiled. Gives the first promise that does not hold afterwards.
 */
export function runOrder(
  numbers: readonly number[],
  machinery: Machinery,
  tally: Tally,
  look: Look = () => {},
): string | null {
  const world = newWorld();
  const [first = 0, ...others] = numbers;
  const style = styleOf(diceOf(first));
  tally.orders += 1;
  for (const number of others) {
    const dice = diceOf(number);
    world.now += dice.below(20) * MINUTE_MS;
    if (dice.chance(0.004)) world.now += 4 * DAY_MS;
    const hostsMove = dice.chance(hostShare(world, style));
    const broken = hostsMove ? jobStep(world, machinery, dice, tally) : feed(world, machinery, style, dice, tally);
    if (broken !== null) return broken;
    if (world.state !== null) look(world.state, world.now);
    if (world.state !== null && isOver(world.state.name)) break;
  }
  if (world.state?.deployed === true) tally.deployed += 1;
  return null;
}

/** Hosts move while the campaign deploys; what they do afterwards, and what they try, is looked at as well. */
function hostShare({ state }: World, { jobs }: Style): number {
  if (state?.name === 'deploying') return jobs ? 0.95 : 0.3;
  return state?.deployed === true ? 0.1 : 0;
}

function feed(world: World, { guards }: Machinery, style: Style, dice: Dice, tally: Tally): string | null {
  const proposed = choose(world, style, dice);
  if (proposed === null) return null;
  world.now = Math.max(world.now, proposed.at ?? 0);
  const before = world.state;
  const stepped = stepUnder(guards, before, proposed.event, { now: world.now, policy: POLICY, by: 'system' });
  if ('refused' in stepped) {
    tally.refused += 1;
    return null;
  }
  tally.accepted += 1;
  add(tally, `${before?.name ?? 'nothing'} ${proposed.event.kind} ${stepped.state.name}`);
  world.state = stepped.state;
  world.trace.push(...stepped.events);
  return brokenByCampaign(world);
}

function choose(world: World, style: Style, dice: Dice): Proposed | null {
  const { state } = world;
  if (state === null) {
    const first = seen(dice);
    return dice.chance(0.1) ? spoiled(first, null, world, dice) : first;
  }
  const kind = kindFor(state, style, world.now, dice);
  if (kind === null) return null;
  const honest = inStyle(HONEST[kind](state, world, dice), state, style, dice);
  return dice.chance(state.name === style.focus || style.focus === null ? 0.2 : 0.08)
    ? spoiled(honest, state, world, dice)
    : honest;
}

/** Only an emergency defers its test, and only a mitigation mitigates. */
function inStyle(honest: Proposed, { lane }: CampaignState, { debt, focus }: Style, dice: Dice): Proposed {
  const { event } = honest;
  if (event.kind !== 'lane.proposed') {
    if (event.kind !== 'test.verdict' || !debt) return honest;
    return { ...honest, event: { ...event, result: dice.one(['pass', 'fail', 'inconclusive', 'inconclusive']) } };
  }
  if (lane !== null) return honest;
  if (debt) return { ...honest, event: { ...event, lane: 'emergency' } };
  return focus === 'mitigated' ? { ...honest, event: { ...event, lane: 'mitigation' } } : honest;
}

function jobStep(world: World, { checks }: Machinery, dice: Dice, tally: Tally): string | null {
  const moved = moveJob(world, checks, dice, (transition) => add(tally, transition));
  return moved === null ? null : brokenByJobs(world, moved);
}

/** What is accepted or mitigated opens again. */
function isOver(name: CampaignStateName): boolean {
  return isEnd(name) && name !== 'risk-accepted' && name !== 'mitigated';
}

function add({ transitions }: Tally, transition: string): void {
  transitions.set(transition, (transitions.get(transition) ?? 0) + 1);
}
