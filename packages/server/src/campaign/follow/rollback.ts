import { criticalityOf } from '@patchsteward/core/campaign';
import { isSettled, outcomeOf } from '@patchsteward/core/job';
import { compileRollback } from '@patchsteward/core/plan';
import { type Hash, reasonOf } from '@patchsteward/core/vocabulary';
import { listPlanJobs } from '../../6-deployment/job-store.ts';
import { ensureJobs, expireJobs, readPlanLeaves, troublesOf } from './jobs.ts';
import { keepPlan } from './keep-plan.ts';
import { type Follow, type Look, type Move, proceedWith, stopOn, waitOn } from './look.ts';

/**
 * People asked for the way back: the hosts that were changed get the work order that undoes it, under signatures of its
 * own, and it draws on the same ledger. // rollout §2.2, decided 30
 */
export const followRollingBack: Follow = async (look): Promise<Move> => {
  const { state, now } = look;
  const { plan, rollbackPlan, title } = state;
  if (plan === null) return waitOn([reasonOf('plan-missing', title)], now);
  if (rollbackPlan === null) return compileBack(look, plan.hash);
  await ensureJobs(look, rollbackPlan, 'rollback');
  const notAfter = await authorityOf(look, rollbackPlan);
  const jobs = await expireJobs(look, rollbackPlan, await readPlanLeaves(look.tx, rollbackPlan), notAfter);
  if (jobs.some(({ state: job }) => !isSettled(job))) {
    const troubles = await troublesOf(look, jobs, notAfter);
    return waitOn([...troubles, reasonOf('rollback-running', title, notAfter)], now);
  }
  const back = jobs.filter(({ state: job }) => outcomeOf(job) === 'succeeded').map(({ assetId }) => assetId);
  const failed = jobs.map(({ assetId }) => assetId).filter((assetId) => !back.includes(assetId));
  return proceedWith({ kind: 'rollback.completed', assets: back, failed });
};

async function compileBack(look: Look, forward: Hash): Promise<Move> {
  const { tx, state, now, parts } = look;
  const { lane, title, id, requester } = state;
  if (lane === null) return waitOn([reasonOf('lane-not-known', title)], now);
  const forwardJobs = await listPlanJobs(tx, forward);
  const atWork = forwardJobs.filter(
    ({ state: job }) => job.slot !== null && job.unknownSince === null && job.failedAt === null,
  );
  // What is past its point of no return is left to end; only then is known what there is to undo. // §2.8 S11
  if (atWork.length > 0) return waitOn([reasonOf('rollback-running', title)], now);
  const changed = new Set(
    forwardJobs.filter(({ state: job }) => job.attempted && job.name !== 'rolled-back').map(({ assetId }) => assetId),
  );
  const groups = new Map(state.assets.map(({ assetId, redundancyGroups }) => [assetId, redundancyGroups]));
  const leaves = (await readPlanLeaves(tx, forward)).filter(({ assetId }) => changed.has(assetId));
  if (leaves.length === 0) return proceedWith({ kind: 'rollback.completed', assets: [], failed: [] });
  const result = compileRollback({
    campaign: id,
    lane,
    criticality: criticalityOf(state),
    requester,
    now,
    policy: parts.policy.policy,
    assets: leaves.map((leaf) => ({ leaf, redundancyGroups: groups.get(leaf.assetId) ?? [] })),
  });
  if (result.kind === 'refused') return stopOn(result.reasons, now);
  const kept = await keepPlan(look, { ...result, evidence: [], parent: forward, supersedes: [] });
  if (kept === null) return waitOn([reasonOf('no-trust-root', title)], now);
  const { plan, body } = kept;
  return proceedWith({
    kind: 'plan.compiled',
    plan,
    planKind: 'rollback',
    waves: body.summary.waves,
    hosts: body.leafCount,
    firstStart: body.summary.firstStart,
    notAfter: body.notAfter,
    lastEnd: body.summary.lastEnd,
    infeasible: [],
  });
}

async function authorityOf({ tx }: Look, plan: Hash): Promise<number> {
  const row = await tx
    .selectFrom('approval.plan')
    .select('not_after')
    .where('hash', '=', plan)
    .executeTakeFirstOrThrow();
  return row.not_after;
}
