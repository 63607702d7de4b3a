import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dice } from '../../../../../lab/e2e/kills/dice.ts';
import type { JobStatus, RunnerAnswer } from '../protocol.ts';
import type { Offer } from '../work-order.ts';
import { conclude, type Outcome } from './strike.ts';
import { FORMER, type Target } from './target.ts';

/** libfaketime of Debian: it tells the processes that load it another time of day, and leaves the monotonic clocks. */
export const FAKETIME_LIBRARY = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/faketime/libfaketime.so.1`;
const LIBRARY = '/srv/libfaketime.so.1';
const CLOCK = '/srv/clock';
const MARKS = '/var/lib/patchsteward-runner/marks.json';
const RIGHT = '+0';
const JUMPS = { '-1d': 'a day back', '+1d': 'a day ahead' } as const;
const MOMENTS = ['before preparing', 'before starting', 'while working'] as const;
const INTO_WORK_MS_MAX = 1_500;
const ENVIRONMENT = {
  ...{ LD_PRELOAD: LIBRARY, FAKETIME_TIMESTAMP_FILE: CLOCK, FAKETIME_NO_CACHE: '1' },
  ...{ FAKETIME_DONT_FAKE_MONOTONIC: '1', NO_FAKE_STAT: '1' },
};

/** The host, with a runner whose clock can be set. */
export async function giveOwnClock(target: Target): Promise<Target> {
  const { host } = target;
  await host.killRunner();
  await copyFile(FAKETIME_LIBRARY, join(host.root.path, LIBRARY));
  await host.root.write(CLOCK, `${RIGHT}\n`);
  await host.startRunner(ENVIRONMENT);
  return target;
}

/** The clock jumps by a day, and somebody puts it right after a while. */
export async function moveClock(target: Target, dice: Dice): Promise<Outcome> {
  const jump = dice.of(['-1d', '+1d'] as const) ?? '-1d';
  const moment = dice.of(MOMENTS) ?? 'before preparing';
  const what = `${JUMPS[jump]} ${moment}`;
  const { host } = target;
  await target.reset();
  // What was seen on the former turn of this host, a day ahead, would hold it back for a day.
  await host.run('rm', '-f', MARKS);
  const offer = await target.offer();
  if (moment === 'while working') return whileWorking(target, offer, jump, what, dice);

  // The host has seen the right time before: without that a clock that stands back is not to be told from a right one.
  await expectArmed(host.prepare(offer));
  await setClock(target, jump);
  const answer = await (moment === 'before preparing' ? host.prepare(offer) : host.start(offer));
  await setClock(target, RIGHT);
  const early = [...refusalFaults(answer), ...(await target.faults(FORMER))].map((fault) => `${what}: ${fault}`);
  if (jump === '+1d') return heldBack(target, offer, what, early);

  await expectArmed(host.prepare(offer));
  const started = await host.start(offer);
  const outcome = await conclude(target, offer.job, { struck: [what], late: 0 });
  const wrong =
    started?.kind === 'started' ? [] : [`${what}: not started at the right time: ${JSON.stringify(started)}`];
  return { ...outcome, faults: [...early, ...wrong, ...outcome.faults] };
}

/** A host that has seen a time ahead believes no earlier one: it says so, and nothing of it has changed. */
async function heldBack(target: Target, offer: Offer, what: string, early: readonly string[]): Promise<Outcome> {
  const answer = await target.host.prepare(offer);
  const reason = answer?.kind === 'report' && answer.report.phase === 'blocked' ? answer.report.reason : 'none';
  const faults = [...early, ...(await target.faults(FORMER))];
  return {
    ...{ struck: [what], late: 0, phase: `blocked: ${reason}`, converged: reason === 'clock-wrong', faults },
    ...{ attempts: [], words: [] },
  };
}

/** What has begun goes to its end, whatever the clock says. // rollout S3 */
async function whileWorking(target: Target, offer: Offer, jump: string, what: string, dice: Dice): Promise<Outcome> {
  const { host } = target;
  await expectArmed(host.prepare(offer));
  const started = await host.start(offer);
  if (started?.kind !== 'started') throw new Error(JSON.stringify(started));
  await sleep(dice.between(0, INTO_WORK_MS_MAX));
  const { standing } = await host.status(offer.job);
  await host.root.write(CLOCK, `${jump}\n`);
  const inTime = standing !== 'finished';
  const outcome = await conclude(target, offer.job, { struck: inTime ? [what] : [], late: inTime ? 0 : 1 });
  const faults = [...outcome.faults, ...timeFaults(await host.status(offer.job))];
  await setClock(target, RIGHT);
  return { ...outcome, faults: faults.map((fault) => `${what}: ${fault}`) };
}

/** An end before its beginning would be told as the duration of the work. */
function timeFaults({ trail }: JobStatus): string[] {
  const last = trail.at(-1);
  if (last === undefined || !('evidence' in last)) return ['no evidence'];
  const { startedAt, endedAt } = last.evidence;
  return endedAt < startedAt ? [`it ended ${startedAt - endedAt} ms before it began`] : [];
}

function refusalFaults(answer: RunnerAnswer | null): string[] {
  const refused = answer?.kind === 'report' && answer.report.phase === 'blocked';
  return refused ? [] : [`not refused: ${JSON.stringify(answer)}`];
}

async function expectArmed(answered: Promise<RunnerAnswer | null>): Promise<void> {
  const answer = await answered;
  if (answer?.kind !== 'report' || answer.report.phase !== 'armed') throw new Error(JSON.stringify(answer));
}

async function setClock(target: Target, to: string): Promise<void> {
  await target.host.root.write(CLOCK, `${to}\n`);
}
