import { decideAudit } from '@patchsteward/core/7-documentation';
import { discrepancies, soakEnds } from '@patchsteward/core/campaign';
import type { PlanLeaf } from '@patchsteward/core/plan';
import { reasonOf, type TrialResult } from '@patchsteward/core/vocabulary';
import { type Job, listPlanJobs } from '../../6-deployment/job-store.ts';
import { keepDocument } from '../documents.ts';
import { type ReportedHost, readHosts } from './hosts.ts';
import { readPlanLeaves } from './jobs.ts';
import { type Follow, heldBack, type Look, type Move, proceedWith, waitOn } from './look.ts';
import { lookedAt } from './looked-at.ts';
import { notLooked, remainingOf, SILENCE_MS, soakResult, type WatchedHost } from './watched-host.ts';

const LOOK_MS = 5_000;

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
  const silent = now < ends ? [] : notLooked(hosts, ends).filter((host) => !late.includes(host));
  const reasons = [
    ...late.map(({ byHand, name }) => reasonOf(byHand ? 'work-not-seen' : 'rescan-missing', name, ends)),
    ...(now < ends ? [reasonOf('soak-running', state.title, ends)] : []),
    ...silent.map(({ name }) => reasonOf('report-stale', name, ends + SILENCE_MS)),
  ];
  return waitOn(reasons, now, now < ends ? Math.min(ends, now + LOOK_MS) : now + LOOK_MS);
};

/** The last word is people's: IT and Security sign, and every discrepancy has a disposition. // SOP P7.2 */
export const followAudited: Follow = async (look): Promise<Move> => {
  const again = await rescanAgain(look);
  if (again !== null) return again;
  const { state, lane, now } = look;
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
  return verdict.kind === 'proceed' ? { verdict: { kind: 'proceed', value: null } } : heldBack(verdict, now);
};

/** A host that was away reports later: what it then has is no discrepancy any more. // SOP checklist c23 */
async function rescanAgain(look: Look): Promise<Move | null> {
  const { rescan: last } = look.state;
  if (last === null || last.clean) return null;
  const hosts = await lookAtHosts(look);
  const remaining = remainingOf(hosts);
  const before = new Set(last.remaining);
  const isSame = remaining.length === before.size && remaining.every((assetId) => before.has(assetId));
  return isSame ? null : rescan(look, hosts);
}

async function lookAtHosts(look: Look): Promise<WatchedHost[]> {
  const { tx, state, now } = look;
  const orders = await lastOrders(look);
  const ordered = state.assets.filter(({ assetId }) => orders.has(assetId));
  const hosts = new Map((await readHosts(tx, ordered)).map((host) => [host.asset.assetId, host]));
  return [...orders.values()].map(({ leaf, job }) => {
    const { assetId, changes } = leaf;
    const host = hosts.get(assetId);
    return {
      assetId,
      name: host?.asset.name ?? assetId,
      seenAt: host === undefined ? null : lookedAt(leaf, host.seenAt, job?.state, now),
      byHand: 'executor' in leaf,
      freshAfterJob: isFresh(host, job),
      atTarget: changes.every(({ name, architecture, to }) => versionOf(host, name, architecture) === to),
      succeeded: job?.state.name === 'succeeded',
    };
  });
}

interface LastOrder {
  readonly leaf: PlanLeaf;
  readonly job: Job | undefined;
}

/** By asset: who was done under an earlier plan has no order of the last one, and is watched by the order that it had. */
async function lastOrders({ tx, state: { plan, stalePlans, assets } }: Look): Promise<ReadonlyMap<string, LastOrder>> {
  const orders = new Map<string, LastOrder>();
  if (plan === null) return orders;
  const inCampaign = new Set(assets.map(({ assetId }) => assetId));
  for (const hash of [...stalePlans, plan.hash]) {
    const jobs = new Map((await listPlanJobs(tx, hash)).map((job) => [job.assetId, job]));
    const isDone = (assetId: string) => jobs.get(assetId)?.state.name === 'succeeded' && inCampaign.has(assetId);
    // Of most plans that were thrown away nothing was carried out: their orders are not even read.
    if (hash !== plan.hash && ![...jobs.keys()].some(isDone)) continue;
    for (const leaf of await readPlanLeaves(tx, hash)) {
      const { assetId } = leaf;
      if (hash === plan.hash || isDone(assetId)) orders.set(assetId, { leaf, job: jobs.get(assetId) });
    }
  }
  return orders;
}

/** While its job runs an agent tells the inventory of before, so only what comes after the report of its end counts. */
function isFresh(host: ReportedHost | undefined, job: Job | undefined): boolean {
  return host !== undefined && job !== undefined && host.seenAt > job.state.since;
}

function versionOf(host: ReportedHost | undefined, name: string, architecture: string): string | null {
  const found = host?.packages.packages.find((one) => one.name === name && one.architecture === architecture);
  return found?.version ?? null;
}

/** By the inventory, which says what is there, whoever put it there. // §2.2: rescan */
async function rescan({ tx, state, now }: Look, hosts: readonly WatchedHost[]): Promise<Move> {
  const remaining = remainingOf(hosts);
  const report = await keepDocument(tx, state.id, 'rescan', { plan: state.plan?.hash ?? null, hosts, at: now }, now);
  return proceedWith({ kind: 'rescan.done', clean: remaining.length === 0, remaining, report });
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
