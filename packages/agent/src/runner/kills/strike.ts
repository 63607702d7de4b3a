import { setTimeout as sleep } from 'node:timers/promises';
import type { Dice } from '../../../../../lab/e2e/kills/dice.ts';
import { FORMER, NEWER, type Target } from './target.ts';

/** Long enough for a kill to fall into every part of an upgrade, also on a loaded machine. */
const INTO_WORK_MS_MAX = 1_500;
const LOOK_MS = 10;
/** A job is repaired three times before its host goes back, as it should: fewer kills leave it to win. */
const KILLS_PER_JOB_MAX = 2;
/** Enough to see why the last tries failed. */
const WORDS_MAX = 200;

export type Job = Parameters<Target['host']['status']>[0];

/** What came of one upgrade in which something went wrong. */
export interface Outcome {
  /** What struck while the host was at it, such as the names of the processes that held the lock of their database. */
  readonly struck: readonly string[];
  /** Blows whose moment had passed: they count for nothing. */
  readonly late: number;
  /** How it ended. */
  readonly phase: string;
  /** Whether this is an end that it may have. */
  readonly converged: boolean;
  /** What is not as the end says that it is. */
  readonly faults: readonly string[];
  readonly attempts: readonly string[];
  /** What the package managers said last, where it did not end as signed. */
  readonly words: readonly string[];
}

/** One upgrade of a host, with something that goes wrong on the way. */
export type Strike = (target: Target, dice: Dice) => Promise<Outcome>;

/** Whatever changes packages is killed with `kill -9`, once or twice. */
export async function strikePackages(target: Target, dice: Dice): Promise<Outcome> {
  const { host, tools } = target;
  const job = await begin(target);
  const wanted = 1 + Math.floor(dice.next() * KILLS_PER_JOB_MAX);
  const struck: string[] = [];
  let late = 0;
  const isOver = async () => (await host.status(job)).standing === 'finished';
  while (struck.length < wanted && !(await isOver())) {
    if ((await host.changing(tools)).length === 0) {
      await sleep(LOOK_MS);
      continue;
    }
    await sleep(dice.between(0, target.workMs));
    const victim = dice.of(await host.changing(tools));
    if (victim !== undefined && host.strike(victim.pid)) struck.push(victim.name);
    else late += 1;
  }
  return conclude(target, job, { struck, late });
}

/** The runner is killed, and another one takes the upgrade up. */
export async function strikeRunner(target: Target, dice: Dice): Promise<Outcome> {
  const { host } = target;
  const job = await begin(target);
  await sleep(dice.between(0, INTO_WORK_MS_MAX));
  const { standing } = await host.status(job);
  await host.killRunner();
  await sleep(dice.between(0, INTO_WORK_MS_MAX));
  await host.startRunner();
  const inTime = standing !== 'finished';
  return conclude(target, job, { struck: inTime ? ['runner'] : [], late: inTime ? 0 : 1 });
}

export async function begin(target: Target): Promise<Job> {
  const { host } = target;
  await target.reset();
  const offer = await target.offer();
  const prepared = await host.prepare(offer);
  if (prepared?.kind !== 'report' || prepared.report.phase !== 'armed') throw new Error(JSON.stringify(prepared));
  const started = await host.start(offer);
  if (started?.kind !== 'started') throw new Error(JSON.stringify(started));
  return offer.job;
}

/** Where a host may go back, a blow that lasts longer than its tries leads there; nothing else is an end. */
export async function conclude(
  target: Target,
  job: Job,
  { struck, late, mayGoBack = false }: Pick<Outcome, 'struck' | 'late'> & { readonly mayGoBack?: boolean },
): Promise<Outcome> {
  const { trail } = await target.host.finished(job);
  const phase = trail.at(-1)?.phase ?? 'none';
  const words = phase === 'succeeded' ? [] : (await target.host.words(job)).slice(-WORDS_MAX);
  const converged = phase === 'succeeded' || (mayGoBack && phase === 'rolled-back');
  const faults = await target.faults(phase === 'rolled-back' ? FORMER : NEWER);
  return { struck, late, phase, converged, faults, attempts: await target.host.attempts(job), words };
}
