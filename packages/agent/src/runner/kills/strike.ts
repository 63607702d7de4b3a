import { setTimeout as sleep } from 'node:timers/promises';
import type { Dice } from '../../../../../lab/e2e/kills/dice.ts';
import type { Target } from './target.ts';

/** Long enough for a kill to fall into every part of an upgrade, also on a loaded machine. */
const INTO_WORK_MS_MAX = 1_500;
const LOOK_MS = 10;
/** A job is repaired three times before its host goes back, as it should: fewer kills leave it to win. */
const KILLS_PER_JOB_MAX = 2;
/** Enough to see why the last tries failed. */
const WORDS_MAX = 200;

/** What came of one upgrade under fire. */
export interface Outcome {
  /** The processes that were killed while they held the lock of their database. */
  readonly killed: readonly string[];
  readonly phase: string;
  readonly faults: readonly string[];
  readonly attempts: readonly string[];
  /** What the package managers said last, where it did not end as signed. */
  readonly words: readonly string[];
}

/** One upgrade in which whatever changes packages is killed with `kill -9`, once or twice. */
export async function strikePackages(target: Target, dice: Dice): Promise<Outcome> {
  const { host, tools } = target;
  const job = await begin(target);
  const wanted = 1 + Math.floor(dice.next() * KILLS_PER_JOB_MAX);
  const killed: string[] = [];
  const isOver = async () => (await host.status(job)).standing === 'finished';
  while (killed.length < wanted && !(await isOver())) {
    if ((await host.changing(tools)).length === 0) {
      await sleep(LOOK_MS);
      continue;
    }
    await sleep(dice.between(0, INTO_WORK_MS_MAX));
    const victim = dice.of(await host.changing(tools));
    if (victim !== undefined && host.strike(victim.pid)) killed.push(victim.name);
  }
  return conclude(target, job, killed);
}

/** One upgrade during which the runner is killed, and another one takes it up. */
export async function strikeRunner(target: Target, dice: Dice): Promise<Outcome> {
  const { host } = target;
  const job = await begin(target);
  await sleep(dice.between(0, INTO_WORK_MS_MAX));
  const { standing } = await host.status(job);
  await host.killRunner();
  await sleep(dice.between(0, INTO_WORK_MS_MAX));
  await host.startRunner();
  return conclude(target, job, standing === 'finished' ? [] : ['runner']);
}

async function begin(target: Target): Promise<Parameters<Target['host']['status']>[0]> {
  const { host } = target;
  await target.reset();
  const offer = await target.offer();
  const prepared = await host.prepare(offer);
  if (prepared?.kind !== 'report' || prepared.report.phase !== 'armed') throw new Error(JSON.stringify(prepared));
  const started = await host.start(offer);
  if (started?.kind !== 'started') throw new Error(JSON.stringify(started));
  return offer.job;
}

async function conclude(
  target: Target,
  job: Parameters<Target['host']['status']>[0],
  killed: readonly string[],
): Promise<Outcome> {
  const { trail } = await target.host.finished(job);
  const phase = trail.at(-1)?.phase ?? 'none';
  const words = phase === 'succeeded' ? [] : (await target.host.words(job)).slice(-WORDS_MAX);
  return { killed, phase, faults: await target.faults(), attempts: await target.host.attempts(job), words };
}
