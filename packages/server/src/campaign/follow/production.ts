import { type CampaignState, productionOf } from '@patchsteward/core/campaign';
import {
  type CompiledPlan,
  checkPlan,
  compilePlan,
  type PackagePair,
  type PlanAsset,
  type PlanBody,
  type PlanFacts,
  type ProvenPair,
} from '@patchsteward/core/plan';
import { DAY_MS, type Instant, reasonOf } from '@patchsteward/core/vocabulary';
import { windowsOfGroups } from '../../6-deployment/group-windows.ts';
import { type Job, listPlanJobs } from '../../6-deployment/job-store.ts';
import { keepLeftOut } from '../left-out.ts';
import { recheckBackups } from './backup.ts';
import { readHosts } from './hosts.ts';
import { readPlanLeaves } from './jobs.ts';
import { keepPlan } from './keep-plan.ts';
import { type Follow, type Look, type Move, proceedWith, waitOn } from './look.ts';
import { preparePlanAssets } from './plan-assets.ts';
import { followNothingLeft } from './waves.ts';

/** How far windows are looked up beyond the end of any authority: the last span may run past it. */
const WINDOWS_BEYOND_MS = DAY_MS;

/** From what was tested to who gets what when, for people to sign. // SOP P5.1 P6.1 */
export const followBackedUp: Follow = async (look): Promise<Move> => {
  const { state, now } = look;
  const { lane, due, title } = state;
  if (lane === null || due === null) return waitOn([reasonOf('lane-not-known', title)], now);
  const nothingLeft = await followNothingLeft(look);
  if (nothingLeft !== null) return nothingLeft;
  const recheck = await recheckBackups(look);
  if (recheck !== null) return recheck;
  const { assets, pending } = await preparePlanAssets(look);
  if (pending.length > 0) return waitOn(pending, now);
  const facts = await planFacts(look, assets, lane, due);
  const result = compilePlan(facts);
  if (result.kind === 'refused') return waitOn(result.reasons, now);
  refuseFaulty(result, facts);
  const old = state.plan?.hash ?? state.stalePlans.at(-1) ?? null;
  const kept = await keepPlan(look, {
    ...result,
    evidence: evidenceOf(state),
    parent: old,
    supersedes: old === null ? [] : [old],
  });
  if (kept === null) return waitOn([reasonOf('no-trust-root', title)], now);
  const { plan, body } = kept;
  await keepLeftOut(look.tx, state.id, { plan, leftOut: result.leftOut }, now);
  const infeasible = [...result.infeasible.map(({ subject }) => subject), ...leftOutInProduction(state, result)];
  return proceedWith({
    kind: 'plan.compiled',
    plan,
    planKind: 'production',
    waves: body.summary.waves,
    hosts: body.leafCount,
    firstStart: body.summary.firstStart,
    notAfter: body.notAfter,
    lastEnd: body.summary.lastEnd,
    infeasible: [...new Set(infeasible)].sort(),
  });
};

async function planFacts(
  { tx, state, parts, now, lane: figures }: Look,
  assets: readonly PlanAsset[],
  lane: PlanFacts['lane'],
  due: Instant,
): Promise<PlanFacts> {
  const { authority } = figures;
  const until = (authority.from === 'due' ? Math.max(due, now) : now) + authority.forMs + WINDOWS_BEYOND_MS;
  const security = state.updates.some(({ fixes }) => fixes.length > 0);
  const accepted = state.trial.accepted.length > 0 || state.trial.debt !== null;
  return {
    kind: 'production',
    campaign: state.id,
    lane,
    due,
    now,
    // What ends a vulnerability does not cool off. // rollout §2.3
    notBefore: security ? now : state.releasedAt + figures.coolingOffMs,
    requester: state.requester,
    policy: parts.policy.policy,
    assets,
    windows: await windowsOfGroups(tx, now, until),
    proven: await provenPairs({ tx, state }),
    acceptedUntested: accepted ? assets.flatMap(pairsOf) : [],
  };
}

function pairsOf({ scope, transaction }: PlanAsset): PackagePair[] {
  return (transaction?.changes ?? []).map(({ name, architecture, from, to }) => ({
    ...{ name, architecture, from, to, scope },
  }));
}

/** What the hosts of the test ring say of each step of each package. // decided 15 */
async function provenPairs({ tx, state }: Pick<Look, 'tx' | 'state'>): Promise<ProvenPair[]> {
  const { plan, verdict } = state.trial;
  if (plan === null || verdict?.result === 'fail') return [];
  const jobs = new Map((await listPlanJobs(tx, plan)).map((job) => [job.assetId, job]));
  const ring = await readHosts(tx, state.assets);
  const scopes = new Map(ring.map(({ asset, scope }) => [asset.assetId, scope]));
  const pairs = new Map<string, ProvenPair>();
  for (const { assetId, changes } of await readPlanLeaves(tx, plan)) {
    const job = jobs.get(assetId);
    const scope = scopes.get(assetId) ?? '';
    for (const { name, architecture, from, to } of changes) {
      const pair = { name, architecture, from, to, scope };
      const key = JSON.stringify(pair);
      const known = pairs.get(key) ?? { ...pair, tried: 0, verified: 0, rehearsed: isRehearsed(state, job) };
      const verified = job?.state.name === 'succeeded' ? 1 : 0;
      pairs.set(key, { ...known, tried: known.tried + 1, verified: known.verified + verified });
    }
  }
  return [...pairs.values()];
}

/** The way back was walked in the ring, or those who assessed the change signed that it was. // decided 30 */
function isRehearsed({ risk }: CampaignState, job: Job | undefined): boolean {
  return risk?.assessment.rollback === 'rehearsed' || job?.state.name === 'rolled-back';
}

/** What people's signatures rest on, by hash. */
function evidenceOf({ authenticity, trial, risk, backup }: CampaignState): PlanBody['evidence'] {
  return [
    ...(authenticity?.kind === 'verified' ? [{ kind: 'authenticity', hash: authenticity.report }] : []),
    ...(trial.verdict === null ? [] : [{ kind: 'trial', hash: trial.verdict.report }]),
    ...(risk === null ? [] : [{ kind: 'risk', hash: risk.signed.statement }]),
    ...(backup?.proofs ?? []).map(({ evidence, waived }) => ({ kind: waived ? 'waiver' : 'backup', hash: evidence })),
  ];
}

/** Production assets that the plan does not reach at all: known at the first hour, and asked about at the audit. */
function leftOutInProduction(state: CampaignState, { leftOut }: CompiledPlan): string[] {
  const production = new Set(productionOf(state).map(({ assetId }) => assetId));
  return leftOut.map(({ assetId }) => assetId).filter((assetId) => production.has(assetId));
}

/** A plan that its second reader does not believe is a bug, and never shown to anybody. */
function refuseFaulty(plan: CompiledPlan, facts: PlanFacts): void {
  const faults = checkPlan(plan, facts);
  if (faults.length > 0) throw new TypeError(`a compiled plan is faulty: ${JSON.stringify(faults.slice(0, 5))}`);
}
