import { GRANT_START_BY_MS, type GrantAnswer } from '@patchsteward/contract';
import { type Grant, type GrantFacts, jobFact, limitReasons } from '@patchsteward/core/6-deployment';
import type { CampaignState } from '@patchsteward/core/campaign';
import type { LanePolicy, Policy } from '@patchsteward/core/policy';
import { type Instant, type Reason, reasonOf, type Verdict } from '@patchsteward/core/vocabulary';
import type { Changed } from '../platform/corridor.ts';
import { reasonBody } from '../platform/http/reason-body.ts';
import type { ChangeIn, GrantStore } from './deployment-store.ts';
import { advanceJob } from './job-step.ts';
import type { Job } from './job-store.ts';
import { noSuchJob } from './no-such-job.ts';

export interface GrantParts {
  readonly change: ChangeIn<GrantStore>;
  /** Of this host and no other; throws where it has no such job. */
  readonly ownJob: (key: string, assetId: string) => Promise<Pick<Job, 'campaign'>>;
  readonly policy: Policy;
  readonly silenceMs: number;
  /** Agents that must wait ask again after this long. */
  readonly pollMs: number;
  readonly newId: () => string;
  /** The rule itself; whoever looks whether a lenient one is noticed brings another. */
  readonly decide: (facts: GrantFacts, now: Instant) => Verdict<Grant>;
}

export interface GrantAsked {
  readonly key: string;
  readonly assetId: string;
  readonly bootId: string;
  readonly at: Instant;
}

/**
 * Permission to go down now, for all redundancy groups of the host or for none, in one transaction. Locks are taken in
 * one order everywhere: host, campaign, job, ledgers. // rollout S4 S5 S6
 */
export async function grantJob(parts: GrantParts, asked: GrantAsked): Promise<GrantAnswer> {
  const { campaign } = await parts.ownJob(asked.key, asked.assetId);
  const by = { actor: `agent:${asked.assetId}`, at: asked.at } as const;
  return parts.change(by, async (store): Promise<Changed<GrantAnswer>> => {
    const host = await store.lockHost(asked.assetId);
    const state = await store.holdCampaign(campaign);
    const job = await store.lockJob(asked.key);
    if (state === undefined || job === undefined) throw noSuchJob(asked.key);
    const forked = host.forkedAt !== null;
    const again = forked ? null : await sameGrant(store, parts, job, asked);
    if (again !== null) return { value: again };
    const facts = await prepareGrant(store, parts, { job, state, forked, now: asked.at });
    const verdict = parts.decide(facts, asked.at);
    if (verdict.kind !== 'proceed') {
      return { value: waiting(parts, verdict.kind === 'wait' ? verdict.waitingOn : verdict.blockedBy, asked.at) };
    }
    const grant = parts.newId();
    const { startBy } = verdict.value;
    const event = { kind: 'job.granted', grant, startBy } as const;
    const stepped = await advanceJob(store, job, event, { ...by, silenceMs: parts.silenceMs });
    if (stepped.kind === 'refused') return { value: waiting(parts, [stepped.reason], asked.at) };
    await store.insertGrant({ grant, job: job.key, ...asked, startBy });
    const { leaves, wishes, timers } = stepped;
    const startByMs = Math.min(startBy - asked.at, GRANT_START_BY_MS);
    return { value: { kind: 'granted', grant, startByMs }, leaves, wishes, timers };
  });
}

/**
 * The answer was lost and the host asks again: the same grant, with what is left of its time, and afterwards it hands the
 * grant back. Only the start of the machine that asked first: whether that one began, its clone cannot know, nor the
 * machine itself once it was set back. Those wait until it reports, or until a person answers for it. // rollout S10
 */
async function sameGrant(
  store: GrantStore,
  parts: GrantParts,
  { state }: Job,
  { assetId, bootId, at }: GrantAsked,
): Promise<GrantAnswer | null> {
  if (state.name !== 'granted' || state.grant === null) return null;
  const { id, startBy } = state.grant;
  if ((await store.readGrantBoot(id)) !== bootId) return waiting(parts, [reasonOf('host-busy', assetId)], at);
  return state.cancelWanted || startBy <= at ? null : { kind: 'granted', grant: id, startByMs: startBy - at };
}

function waiting({ pollMs }: GrantParts, reasons: readonly Reason[], now: Instant): GrantAnswer {
  const opens = Math.min(...reasons.map(({ by }) => (by === undefined || by <= now ? now + pollMs : by)));
  const retryMs = Math.max(1, Math.min(pollMs, opens - now));
  return { kind: 'waiting', reasons: reasons.map(reasonBody), retryMs };
}

interface GrantCase {
  readonly job: Job;
  readonly state: CampaignState;
  readonly forked: boolean;
  readonly now: Instant;
}

export async function prepareGrant(
  store: GrantStore,
  parts: Pick<GrantParts, 'policy'>,
  given: GrantCase,
): Promise<GrantFacts> {
  const { job, state, forked, now } = given;
  const { assetId } = job;
  const names = [...new Set([...job.state.groups, ...(await store.readAssetGroups(assetId))])];
  await store.lockLedgers(names);
  const members = await store.countMembers(names);
  const authority = await store.readAuthority(job.plan, assetId);
  const others = await store.listOpenJobs(assetId);
  return {
    host: state.assets.find((asset) => asset.assetId === assetId)?.name ?? assetId,
    job: job.state,
    campaignDeploys: isDeploying(job, state),
    waveOpen: isWaveOpen(job, state),
    // Without its plan there is no authority, and nothing starts.
    plan: { notAfter: authority?.notAfter ?? 0 },
    intervals: authority?.intervals ?? [],
    groups: names.map((name) => ({ name, members: members.get(name) ?? 1, budget: null })),
    ledger: await store.readDown(names),
    otherActiveJobs: others.filter(({ key, state: other }) => key !== job.key && other.slot !== null).length,
    forked,
    rolledBackBefore: job.state.failedAt !== null,
    backup: job.planKind === 'production' ? await store.backupReasons(state, assetId, now) : [],
    limit: job.planKind === 'production' ? await overLimit(store, job, state, laneOf(state, parts.policy)) : [],
  };
}

function laneOf({ lane }: CampaignState, policy: Policy): LanePolicy {
  return policy.lanes[lane ?? 'critical'];
}

/** The plan of the job is the one that its campaign carries out now. */
function isDeploying({ plan, planKind }: Job, state: CampaignState): boolean {
  switch (planKind) {
    case 'test':
      return state.trial.plan === plan && state.trial.started !== null && state.pause === null && state.halt === null;
    case 'production':
      return state.name === 'deploying' && state.plan?.hash === plan;
    case 'rollback':
      return state.name === 'rolling-back' && state.rollbackPlan === plan;
  }
}

function isWaveOpen({ planKind, state: { wave } }: Job, { waves }: CampaignState): boolean {
  if (planKind !== 'production') return true;
  return waves.some((one) => one.wave === wave && one.closed === null);
}

async function overLimit(
  store: GrantStore,
  { plan }: Job,
  state: CampaignState,
  lane: LanePolicy,
): Promise<readonly Reason[]> {
  const names = new Map(state.assets.map(({ assetId, name }) => [assetId, name]));
  const jobs = await store.listPlanJobs(plan);
  const facts = jobs.map((job) => jobFact({ host: names.get(job.assetId) ?? job.assetId, job: job.state }));
  return limitReasons(facts, lane.pauseLimit, state.resumedAt);
}
