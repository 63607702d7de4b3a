import type { JobEvent } from '../../job/index.ts';
import type { Recorded } from '../state.ts';
import { PROMISES_OF_DEPLOYMENT } from './promises-of-deployment.ts';
import { PROMISES_OF_PREPARATION } from './promises-of-preparation.ts';
import { planOf, type Trace } from './trace.ts';
import { GROUPS, startsAllowed, type World, type WorldJob } from './world.ts';

/** Whether the promise still holds after the last event of the trace. */
export type Promised = (trace: Trace, last: Recorded) => boolean;

/**
 * What must be true of every history, said over the bare events: no guard, no state and no arithmetic of the machines is
 * used here, so that what they get wrong is seen. // §2.8
 */
const PROMISES: readonly (readonly [string, Promised])[] = [
  ...Object.entries(PROMISES_OF_PREPARATION),
  ...Object.entries(PROMISES_OF_DEPLOYMENT),
];

/** The first promise that the last event of the campaign has broken. */
export function brokenByCampaign({ trace }: World): string | null {
  const last = trace.at(-1);
  return last === undefined ? null : (PROMISES.find(([, holds]) => !holds(trace, last))?.[0] ?? null);
}

/** Hosts that may be down by us: granted, and nothing good or final was heard of them since. // §2.8 S4 */
function mayBeDown({ events }: WorldJob): boolean {
  return events.reduce((down, { event }) => after(down, event), false);
}

function after(down: boolean, event: JobEvent): boolean {
  if (event.kind === 'job.granted') return true;
  if (event.kind === 'job.declared') return false;
  if (event.kind !== 'job.reported') return down;
  return ['succeeded', 'rolled-back', 'returned', 'blocked'].includes(event.report.phase) ? false : down;
}

/** The same for the last event of a job. */
export function brokenByJobs(world: World, moved: WorldJob): string | null {
  const jobs = [...world.jobs.values()];
  const down = jobs.filter(mayBeDown);
  for (const { name, members, budget } of GROUPS) {
    const hosts = new Set(down.filter(({ state }) => state.groups.includes(name)).map(({ assetId }) => assetId));
    if (hosts.size > (budget ?? Math.max(1, Math.trunc(members / 10)))) return `more of ${name} down than may be`;
  }
  for (const { assetId } of down) {
    if (down.filter((one) => one.assetId === assetId).length > 1) return 'a host has two jobs at once';
  }
  return brokenByGrant(world, moved);
}

/** Looks at a grant in the moment in which it is given. */
function brokenByGrant(world: World, job: WorldJob): string | null {
  const last = job.events.at(-1);
  if (last?.event.kind !== 'job.granted' || last.at !== world.now) return null;
  const inside = startsAllowed(last.at).some(({ from, until }) => from <= last.at && last.at < until);
  if (!inside) return 'a grant outside the signed intervals';
  if (job.state.plan.endsWith('other-plan')) return null;
  const { trace } = world;
  if (last.at >= (planOf(trace)?.notAfter ?? 0)) return 'a grant after the authority of the plan ended';
  if (trace.at(-1)?.to !== 'deploying') return 'a grant while the campaign does not deploy';
  const wave = trace.findLast(({ event }) => event.kind === 'wave.opened')?.event;
  const open = wave?.kind === 'wave.opened' && wave.assets.includes(job.assetId);
  const opened = trace.findLastIndex(({ event }) => event.kind === 'wave.opened');
  const closed = trace.findLastIndex(({ event }) => event.kind === 'wave.closed') > opened;
  if (!open || closed) return 'a grant outside the open wave';
  const again = [...world.jobs.values()].some(
    (other) =>
      other.assetId === job.assetId &&
      other.state.plan === job.state.plan &&
      other.events.some(({ event }) => event.kind === 'job.reported' && event.report.phase === 'rolled-back'),
  );
  return again ? 'a grant for a plan that was rolled back on this host' : overLimit(world);
}

const FAILURES: ReadonlySet<string> = new Set(['failed', 'rolled-back', 'rollback-failed', 'rolling-back']);

/** Two failures since the last resume stop the fleet: no wave here has more hosts than that. // decided 18 */
function overLimit(world: World): string | null {
  const plan = world.state?.plan?.hash;
  const resumedAt = world.trace.findLast(({ event }) => event.kind === 'resume')?.at ?? -1;
  const failed = [...world.jobs.values()].filter(({ events, state }) => {
    const first = events.find(({ event }) => event.kind === 'job.reported' && FAILURES.has(event.report.phase));
    return state.plan === plan && first !== undefined && first.at > resumedAt;
  });
  const limit = world.state?.lane === 'mitigation' ? 1 : 2;
  return failed.length >= limit ? 'a grant after too many failures' : null;
}
