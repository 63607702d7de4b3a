import { decideWave, type WaveResult, waveResult } from '@patchsteward/core/6-deployment';
import type { CampaignState } from '@patchsteward/core/campaign';
import { isSettled } from '@patchsteward/core/job';
import type { PlanLeaf } from '@patchsteward/core/plan';
import { type Instant, reasonOf, type Verdict } from '@patchsteward/core/vocabulary';
import type { Job } from '../../6-deployment/job-store.ts';
import { recheckBackups } from './backup.ts';
import { ensureJobs, expireJobs, troublesOf, watchedJobs } from './jobs.ts';
import { heldBack, type Move, proceedWith, type WaveLook, waitOn } from './look.ts';

/** What a running wave does is told by reports; a span that ends and a soak that is over are told by nobody. */
const WAVE_LOOK_MS = 5_000;

type PlanState = NonNullable<CampaignState['plan']>;

/** Waits for its first span; jobs are with their hosts already, which fetch and simulate beforehand. */
export async function followScheduled(look: WaveLook): Promise<Move> {
  const { store, state, now } = look;
  const { plan, title } = state;
  if (plan === null) return waitOn([reasonOf('plan-missing', title)], now);
  const stale = await store.staleness(state, plan.hash, now);
  if (stale !== null) return stale;
  await ensureJobs(look, plan.hash, 'production');
  if (now < plan.firstStart) {
    return waitOn([reasonOf('window-not-open', title, plan.firstStart)], now, plan.firstStart);
  }
  return openNext(look, plan);
}

/** One wave after the other, each only when the one before has proved itself. // SOP P6.2, checklist c15-c17, §2.4 */
export async function followDeploying(look: WaveLook): Promise<Move> {
  const { store, state, now } = look;
  const { plan, title, waves } = state;
  if (plan === null) return waitOn([reasonOf('plan-missing', title)], now);
  await ensureJobs(look, plan.hash, 'production');
  const open = waves.find(({ closed }) => closed === null);
  if (open === undefined) return openNext(look, plan);
  const leaves = await store.readLeaves(plan.hash);
  const jobs = await expireJobs(look, plan.hash, leaves, plan.notAfter);
  const verdict = await lookAtWave(look, { plan, open, leaves, jobs });
  if (verdict.kind === 'stop') return { verdict, event: { kind: 'limit.hit', reasons: verdict.blockedBy } };
  if (verdict.kind === 'wait') return { ...heldBack(verdict, now), againAt: soonest(verdict.waitingOn, now) };
  return proceedWith({ kind: 'wave.closed', wave: open.wave, ...verdict.value });
}

/**
 * Nothing starts while people have stopped it, and what was under way comes to its end. Where that was the last of the last
 * wave, it is closed: a plan that has nothing left to do needs no new one, also when its authority is over by then. // L3
 */
export async function followStopped(look: WaveLook): Promise<Move> {
  const { store, state } = look;
  const { plan, waves } = state;
  const open = waves.find(({ closed }) => closed === null);
  if (plan === null || open === undefined || open.wave < plan.waves) return { verdict: null };
  const leaves = await store.readLeaves(plan.hash);
  const verdict = await lookAtWave(look, { plan, open, leaves, jobs: await store.lockPlanJobs(plan.hash) });
  if (verdict.kind !== 'proceed') return { verdict: null };
  return { verdict: null, event: { kind: 'wave.closed', wave: open.wave, ...verdict.value } };
}

/**
 * A plan was thrown away after its first wave, and meanwhile nothing is left that another one could do: what was deployed
 * is watched, once nobody is at work on it any more. null: there is something to plan, or nothing was deployed. // L3
 */
export async function followNothingLeft(look: WaveLook): Promise<Move | null> {
  const { store, state, now } = look;
  const { carried } = state;
  if (carried === null || carried === undefined || (await store.leftToPlan(state)).length > 0) return null;
  const jobs = await store.listPlanJobs(carried.plan.hash);
  if (jobs.some(({ state: job }) => !isSettled(job))) {
    const troubles = await troublesOf(look, jobs, undefined);
    return waitOn(troubles.length > 0 ? troubles : [reasonOf('wave-running', state.title)], now);
  }
  const open = carried.waves.find(({ closed }) => closed === null)?.wave;
  const ofWave = jobs.filter(({ state: job }) => job.wave === open).map(({ state: job }) => job);
  return proceedWith({ kind: 'deployment.done', ...waveResult(ofWave) });
}

interface OpenWave {
  readonly plan: PlanState;
  readonly open: CampaignState['waves'][number];
  readonly leaves: readonly PlanLeaf[];
  readonly jobs: readonly Job[];
}

async function lookAtWave(look: WaveLook, { plan, open, leaves, jobs }: OpenWave): Promise<Verdict<WaveResult>> {
  const { state, lane, now, silenceMs } = look;
  const opens = new Map(leaves.map((leaf) => [leaf.assetId, opensNext(leaf, now)]));
  const named = (await watchedJobs(look, jobs)).map((one) => ({ ...one, opensAt: opens.get(one.job.assetId) ?? null }));
  return decideWave(
    {
      wave: open.wave,
      jobs: named.filter(({ job }) => job.wave === open.wave),
      allJobs: named,
      openedAt: open.openedAt,
      resumedAt: state.resumedAt,
      last: open.wave === plan.waves,
      silenceMs,
      endsAt: Math.min(plan.lastEnd, plan.notAfter),
    },
    lane,
    now,
  );
}

async function openNext(look: WaveLook, plan: PlanState): Promise<Move> {
  const { store, state, now } = look;
  const wave = state.waves.length + 1;
  const recheck = await recheckBackups(look);
  if (recheck !== null) return recheck;
  const missing = state.backup?.missing ?? [];
  if (missing.length > 0) return waitOn(missing, now);
  const members = (await store.readLeaves(plan.hash)).filter((leaf) => leaf.wave === wave);
  if (members.length === 0) return waitOn([reasonOf('wave-not-open', String(wave))], now);
  const opens = opensAt(members);
  if (now < opens) return waitOn([reasonOf('window-not-open', `wave ${wave}`, opens)], now, opens);
  return proceedWith({ kind: 'wave.opened', wave, assets: members.map(({ assetId }) => assetId) });
}

function opensAt(members: readonly PlanLeaf[]): Instant {
  return Math.min(...members.flatMap(({ intervals }) => intervals.map(({ from }) => from)));
}

/** null: the host may start now as far as its own spans go, or none is left. */
function opensNext({ intervals }: PlanLeaf, now: Instant): Instant | null {
  if (intervals.some(({ from, until }) => from <= now && now < until)) return null;
  return intervals.find(({ from }) => from > now)?.from ?? null;
}

function soonest(reasons: readonly { readonly by?: Instant }[], now: Instant): Instant {
  const times = reasons.flatMap(({ by }) => (by === undefined || by <= now ? [] : [by]));
  return Math.min(...times, now + WAVE_LOOK_MS);
}
