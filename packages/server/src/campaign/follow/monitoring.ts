import { decideAudit } from '@patchsteward/core/7-documentation';
import { discrepancies, soakEnds } from '@patchsteward/core/campaign';
import { type Instant, reasonOf, type TrialResult } from '@patchsteward/core/vocabulary';
import { type Job, listPlanJobs } from '../../6-deployment/job-store.ts';
import { keepDocument } from '../documents.ts';
import { type ReportedHost, readHosts } from './hosts.ts';
import { readPlanLeaves } from './jobs.ts';
import { type Follow, heldBack, type Look, type Move, proceedWith, waitOn } from './look.ts';

const LOOK_MS = 5_000;
/** A host that has not reported for so long after the watch is not waited for: its silence is the answer. */
const SILENCE_MS = 24 * 3_600_000;

/** Whether every host stayed well, and whether what was to be fixed is gone. // SOP P6.3, checklist c17 c23 */
export const followMonitoring: Follow = async (look): Promise<Move> => {
  const { state, now, lane } = look;
  const hosts = await lookAtHosts(look);
  const late = state.rescan === null ? hosts.filter(({ freshAfterJob }) => !freshAfterJob) : [];
  const ends = soakEnds(state, lane.soakMs);
  if (state.rescan === null && (late.length === 0 || now >= ends + SILENCE_MS)) return rescan(look, hosts);
  if (now >= ends && state.soak?.result !== 'pass') {
    const judged = soakResult(hosts, ends, now);
    if (judged !== null) return soakVerdict(look, judged, hosts);
  }
  const reasons = [
    ...late.map(({ name }) => reasonOf('rescan-missing', name, ends)),
    ...(now < ends ? [reasonOf('soak-running', state.title, ends)] : []),
  ];
  const waiting = reasons.length > 0 ? reasons : [reasonOf('report-stale', state.title)];
  return waitOn(waiting, now, now < ends ? Math.min(ends, now + LOOK_MS) : now + LOOK_MS);
};

/** The last word is people's: IT and Security sign, and every discrepancy has a disposition. // SOP P7.2 */
export const followAudited: Follow = ({ state, lane, now }): Promise<Move> => {
  const debt = state.trial.debt;
  const verdict = decideAudit(
    {
      subject: state.title,
      soak: state.soak,
      soakEndsAt: soakEnds(state, lane.soakMs),
      rescan: state.rescan,
      discrepancies: discrepancies(state),
      explained: state.dispositions.map(({ assetId }) => assetId),
      audits: state.audits,
      testDebtDue: debt === null || debt.paidAt !== null ? null : debt.due,
      by: state.due,
    },
    now,
  );
  return Promise.resolve(
    verdict.kind === 'proceed' ? { verdict: { kind: 'proceed', value: null } } : heldBack(verdict, now),
  );
};

interface WatchedHost {
  readonly assetId: string;
  readonly name: string;
  readonly seenAt: Instant | null;
  /** It said what it has since its job ended. */
  readonly freshAfterJob: boolean;
  /** All that the plan wanted there is there. */
  readonly atTarget: boolean;
  readonly succeeded: boolean;
}

async function lookAtHosts({ tx, state }: Look): Promise<WatchedHost[]> {
  const { plan } = state;
  if (plan === null) return [];
  const jobs = new Map((await listPlanJobs(tx, plan.hash)).map((job) => [job.assetId, job]));
  const leaves = await readPlanLeaves(tx, plan.hash);
  const inPlan = state.assets.filter(({ assetId }) => jobs.has(assetId));
  const hosts = new Map((await readHosts(tx, inPlan)).map((host) => [host.asset.assetId, host]));
  return leaves.map(({ assetId, changes }) => {
    const host = hosts.get(assetId);
    const job = jobs.get(assetId);
    return {
      assetId,
      name: host?.asset.name ?? assetId,
      seenAt: host?.seenAt ?? null,
      freshAfterJob: isFresh(host, job),
      atTarget: changes.every(({ name, architecture, to }) => versionOf(host, name, architecture) === to),
      succeeded: job?.state.name === 'succeeded',
    };
  });
}

function isFresh(host: ReportedHost | undefined, job: Job | undefined): boolean {
  return host !== undefined && job !== undefined && host.seenAt >= (job.state.evidence?.endedAt ?? job.state.since);
}

function versionOf(host: ReportedHost | undefined, name: string, architecture: string): string | null {
  const found = host?.packages.packages.find((one) => one.name === name && one.architecture === architecture);
  return found?.version ?? null;
}

/** By the inventory, which says what is there, whoever put it there. // §2.2: rescan */
async function rescan({ tx, state, now }: Look, hosts: readonly WatchedHost[]): Promise<Move> {
  const remaining = hosts.filter(({ atTarget }) => !atTarget).map(({ assetId }) => assetId);
  const report = await keepDocument(tx, state.id, 'rescan', { plan: state.plan?.hash ?? null, hosts, at: now }, now);
  return proceedWith({ kind: 'rescan.done', clean: remaining.length === 0, remaining, report });
}

/** null: a host has not reported since the watch ended, and may still do so. */
function soakResult(hosts: readonly WatchedHost[], ends: Instant, now: Instant): TrialResult | null {
  const done = hosts.filter(({ succeeded }) => succeeded);
  const looked = done.filter(({ seenAt }) => seenAt !== null && seenAt >= ends);
  if (looked.some(({ atTarget }) => !atTarget)) return 'fail';
  if (looked.length === done.length) return 'pass';
  return now >= ends + SILENCE_MS ? 'inconclusive' : null;
}

async function soakVerdict(
  { tx, state, now }: Look,
  result: TrialResult,
  hosts: readonly WatchedHost[],
): Promise<Move> {
  if (state.soak?.result === result) return waitOn([reasonOf('soak-inconclusive', state.title)], now);
  const document = { plan: state.plan?.hash ?? null, hosts, at: now, result };
  const report = await keepDocument(tx, state.id, 'soak', document, now);
  return proceedWith({ kind: 'soak.verdict', result, report });
}
