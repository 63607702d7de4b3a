import { decideTrial, type TrialFacts, type TrialHost } from '@patchsteward/core/3-testing';
import { compilePlan, type PlanLeaf } from '@patchsteward/core/plan';
import { type Hash, type Instant, reasonOf } from '@patchsteward/core/vocabulary';
import { readPlan } from '../../5-approval/plan-store.ts';
import { readForked } from '../../6-deployment/host-store.ts';
import type { Job } from '../../6-deployment/job-store.ts';
import { keepDocument } from '../documents.ts';
import { readHosts } from './hosts.ts';
import { ensureJobs, readPlanLeaves } from './jobs.ts';
import { keepPlan } from './keep-plan.ts';
import { type Follow, heldBack, type Look, type Move, proceedWith, waitOn } from './look.ts';
import { lookedAt } from './looked-at.ts';
import { preparePlanAssets } from './plan-assets.ts';

/** The test ring first: a plan of its own, signed by IT, carried out, watched and judged. // SOP P3.1, checklist c9 */
export const followAuthentic: Follow = async (look): Promise<Move> => {
  const { trial, title } = look.state;
  if (trial.plan === null) return compileTest(look);
  if (trial.started === null) return testNotSigned(look, trial.plan);
  if (trial.verdict === null) return judgeTest(look, trial.plan, trial.started.at);
  const code = trial.verdict.result === 'fail' ? 'test-failed' : 'test-inconclusive';
  return { verdict: { kind: 'stop', blockedBy: [...trial.verdict.reasons, reasonOf(code, title)] } };
};

/** A test that is owed is made up for while the campaign goes on. // decided 12: test debt */
export async function followDebt(look: Look): Promise<Move | null> {
  const { trial } = look.state;
  if (trial.debt === null || trial.debt.paidAt !== null || trial.verdict?.result === 'fail') return null;
  if (trial.plan === null) return compileTest(look);
  if (trial.started === null) return null;
  return trial.verdict === null ? judgeTest(look, trial.plan, trial.started.at) : null;
}

async function compileTest(look: Look): Promise<Move> {
  const { state, parts, now, lane } = look;
  const { assets, pending } = await preparePlanAssets(look);
  if (pending.length > 0) return waitOn(pending, now);
  const { lane: name, due } = state;
  if (name === null || due === null) return waitOn([reasonOf('lane-not-known', state.title)], now);
  const result = compilePlan({
    kind: 'test',
    campaign: state.id,
    lane: name,
    due,
    now,
    notBefore: now,
    requester: state.requester,
    policy: parts.policy.policy,
    assets,
    windows: {},
    proven: [],
    acceptedUntested: [],
  });
  if (result.kind === 'refused') return waitOn(result.reasons, now);
  const { authenticity } = state;
  const evidence = authenticity?.kind === 'verified' ? [{ kind: 'authenticity', hash: authenticity.report }] : [];
  const kept = await keepPlan(look, { ...result, evidence, parent: null, supersedes: [] });
  if (kept === null) return waitOn([reasonOf('no-trust-root', state.title)], now, now + lane.testStartMs);
  const { plan, body } = kept;
  return proceedWith({
    kind: 'plan.compiled',
    plan,
    planKind: 'test',
    waves: body.summary.waves,
    hosts: body.leafCount,
    firstStart: body.summary.firstStart,
    notAfter: body.notAfter,
    lastEnd: body.summary.lastEnd,
    infeasible: [],
  });
}

/** Nobody signed it in time: another one is compiled for the time that is left. */
async function testNotSigned(look: Look, plan: Hash): Promise<Move> {
  const { tx, state, now } = look;
  const kept = await readPlan(tx, plan);
  if (kept !== undefined && now < kept.notAfter) {
    return waitOn([reasonOf('test-not-started', state.title, kept.notAfter)], now, kept.notAfter);
  }
  return compileTest(look);
}

async function judgeTest(look: Look, plan: Hash, startedAt: Instant): Promise<Move> {
  const { tx, state, now, lane, parts } = look;
  const jobs = await ensureJobs(look, plan, 'test');
  const leaves = await readPlanLeaves(tx, plan);
  const { expectedDurationMs } = parts.policy.policy.schedule;
  const facts = {
    subject: state.title,
    hosts: await trialHosts(look, leaves, jobs),
    soakMs: lane.testSoakMs,
    silenceMs: parts.silenceMs,
    boxEndsAt: startedAt + lane.testStartMs + expectedDurationMs + lane.testSoakMs,
  };
  const verdict = decideTrial(facts, now);
  if (verdict.kind !== 'proceed') return { ...heldBack(verdict, now), againAt: nextLook(facts, now) };
  // The facts beside the answer: whoever has both can decide again. // SOP P3.2, checklist c10
  const report = await keepDocument(tx, state.id, 'trial', { plan, facts, at: now, report: verdict.value }, now);
  const { result, reasons } = verdict.value;
  return proceedWith({ kind: 'test.verdict', result, report, reasons });
}

/** When the soak of a host ends, the box, or a host counts as silent: nothing else changes by time alone. */
function nextLook({ hosts, soakMs, silenceMs, boxEndsAt }: Omit<TrialFacts, 'subject'>, now: Instant): Instant {
  const soaked = hosts.flatMap(({ job }) => (job?.name === 'succeeded' ? [job.since + soakMs] : []));
  return Math.min(
    ...[...soaked, boxEndsAt].filter((at) => at > now),
    now + Math.max(Math.min(soakMs, silenceMs), 1_000),
  );
}

async function trialHosts(
  { tx, state, now }: Look,
  leaves: readonly PlanLeaf[],
  jobs: readonly Job[],
): Promise<TrialHost[]> {
  const ring = state.assets.filter(({ assetId }) => leaves.some((leaf) => leaf.assetId === assetId));
  const hosts = new Map((await readHosts(tx, ring)).map((host) => [host.asset.assetId, host]));
  const forked = await readForked(
    tx,
    leaves.map(({ assetId }) => assetId),
  );
  return leaves.map((leaf) => {
    const { assetId, changes } = leaf;
    const host = hosts.get(assetId);
    const job = jobs.find((one) => one.assetId === assetId)?.state;
    return {
      name: host?.asset.name ?? assetId,
      job: job ?? null,
      expected: changes.map(({ name, architecture, to }) => ({ name, architecture, version: to })),
      forked: forked.has(assetId),
      look: host === undefined ? null : lookOf(lookedAt(leaf, host.seenAt, job, now), host.packages.packages, changes),
    };
  });
}

/** Of thousands of packages those that the plan speaks of. */
function lookOf(
  at: Instant,
  packages: readonly { readonly name: string; readonly architecture: string; readonly version: string }[],
  changes: PlanLeaf['changes'],
): NonNullable<TrialHost['look']> {
  const versions = packages
    .filter((one) => changes.some(({ name, architecture }) => name === one.name && architecture === one.architecture))
    .map(({ name, architecture, version }) => ({ name, architecture, version }));
  return { at, versions, failedUnits: [] };
}
