import { setTimeout as sleep } from 'node:timers/promises';
import type { Dice } from '../../../../../lab/e2e/kills/dice.ts';
import type { RunnerAnswer } from '../protocol.ts';
import { begin, conclude, type Outcome } from './strike.ts';
import { FORMER, type Target } from './target.ts';

/** Twice as long as the runner of such a host waits for a lock: about half of the holders outlast it. */
const HELD_MS_MAX = 4_000;
const LOOK_MS = 10;
/** A holder that outlasts every repair sends the host back, as it should. */
const ASKED_MAX = 20;
const MOMENTS = ['preparing', 'starting', 'working'] as const;

/** Somebody else takes the lock of the package database, keeps it for a while, and goes. */
export async function holdLock(target: Target, dice: Dice): Promise<Outcome> {
  const moment = dice.of(MOMENTS) ?? 'preparing';
  const heldMs = dice.between(0, HELD_MS_MAX);
  return moment === 'working' ? whileWorking(target, heldMs) : whileAsking(target, heldMs, moment);
}

/** A host whose lock is held says so, changes nothing, and does it once it is asked again. */
async function whileAsking(target: Target, heldMs: number, moment: 'preparing' | 'starting'): Promise<Outcome> {
  const { host } = target;
  await target.reset();
  const offer = await target.offer();
  if (moment === 'starting') await askUntil(target, 'armed', () => host.prepare(offer));
  const { held, release } = host.hold(target.lock);
  const struck = (await held) ? [`lock held while ${moment}`] : [];
  const going = sleep(heldMs).then(release);
  const early: string[] = [];
  const first = standingOf(moment === 'preparing' ? await host.prepare(offer) : await host.start(offer));
  if (first === 'blocked') early.push(...(await target.faults(FORMER)));
  await going;
  if (first === 'blocked') await askUntil(target, 'armed', () => host.prepare(offer));
  if (first !== 'started') await askUntil(target, 'started', () => host.start(offer));
  const outcome = await conclude(target, offer.job, { struck, late: 1 - struck.length });
  return { ...outcome, faults: [...early.map((fault) => `while it was held: ${fault}`), ...outcome.faults] };
}

/** The lock is taken between a package manager that was killed and the one that mends what it left. */
async function whileWorking(target: Target, heldMs: number): Promise<Outcome> {
  const { host, tools } = target;
  const job = await begin(target);
  const isOver = async () => (await host.status(job)).standing === 'finished';
  while ((await host.changing(tools)).length === 0 && !(await isOver())) await sleep(LOOK_MS);
  for (const { pid } of await host.changing(tools)) host.strike(pid);
  let struck: string[] = [];
  while (struck.length === 0 && !(await isOver())) {
    const { held, release } = host.hold(target.lock);
    if (!(await held)) continue;
    struck = ['lock held while working'];
    await sleep(heldMs);
    release();
  }
  return conclude(target, job, { struck, late: 1 - struck.length, mayGoBack: true });
}

async function askUntil(target: Target, wanted: string, ask: () => Promise<RunnerAnswer | null>): Promise<void> {
  let answer: RunnerAnswer | null = null;
  for (let asked = 0; asked < ASKED_MAX; asked += 1) {
    answer = await ask();
    if (standingOf(answer) === wanted) return;
  }
  throw new Error(`never ${wanted}: ${JSON.stringify(answer)} ${target.host.log}`);
}

function standingOf(answer: RunnerAnswer | null): string {
  if (answer?.kind === 'report') return answer.report.phase;
  return answer?.kind ?? 'gone';
}
