import { createPublicKey } from 'node:crypto';
import type { ReportsAnswer, SignedReport } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import { reportHash, verifyReport } from '@patchsteward/trust/statement';
import type { AppendEvents } from '../platform/campaign-door.ts';
import type { Changed, Corridor, NewLeaf, TimerChange, Wish } from '../platform/corridor.ts';
import type { Tx } from '../platform/database.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { type HostRow, lockHost, storeFork, storeLastReport } from './host-store.ts';
import { advanceJob } from './job-step.ts';
import { lockJob, lockJobs } from './job-store.ts';
import { jobReportOf } from './report-body.ts';
import { placeOf } from './report-chain.ts';
import { readHostKeyPem, readReportHash, storeReport } from './report-store.ts';

export interface ReportParts {
  readonly corridor: Corridor;
  readonly append: AppendEvents;
  /** After its last word a host that holds a grant counts as unknown. */
  readonly silenceMs: number;
}

export interface Reporter {
  readonly assetId: string;
  readonly keyFingerprint: string;
  readonly at: Instant;
}

/** What the reports of one request left behind. */
interface Taken {
  readonly leaves: NewLeaf[];
  readonly wishes: Wish[];
  readonly timers: TimerChange[];
}

/**
 * Takes reports in the order of their numbers, each once, all in one transaction: what is acknowledged is committed.
 * // rollout §2.6 protocol, S20
 */
export async function acceptReports(
  parts: ReportParts,
  reporter: Reporter,
  reports: readonly SignedReport[],
): Promise<ReportsAnswer> {
  const by = { actor: `agent:${reporter.assetId}`, at: reporter.at } as const;
  return parts.corridor.change(by, async (tx): Promise<Changed<ReportsAnswer>> => {
    await refuseForged(tx, reporter, reports);
    const taken: Taken = { leaves: [], wishes: [], timers: [] };
    let host = await lockHost(tx, reporter.assetId);
    // A host may speak of several jobs, in any order; they are held in the one that everybody keeps.
    await lockJobs(tx, [...new Set(reports.map(({ job }) => job))]);
    for (const report of reports) {
      const hash = reportHash(report);
      const chain = { ...host, forked: host.forkedAt !== null };
      const known = await readReportHash(tx, reporter.assetId, report.sequence);
      const place = placeOf(chain, { ...report, hash }, known);
      if (place === 'known') continue;
      if (place === 'gap') {
        return { ...taken, value: { acknowledged: host.lastSequence, resendFrom: host.lastSequence + 1 } };
      }
      if (place === 'fork') {
        if (host.forkedAt === null) taken.leaves.push(await fork(tx, reporter, report, hash));
        return { ...taken, value: { acknowledged: host.lastSequence, fork: true } };
      }
      host = await take(tx, parts, reporter, host, report, hash, taken);
    }
    return { ...taken, value: { acknowledged: host.lastSequence } };
  });
}

/** The connection proves the host; the signature is for those who read the report later. */
async function refuseForged(tx: Tx, reporter: Reporter, reports: readonly SignedReport[]): Promise<void> {
  const pem = await readHostKeyPem(tx, reporter.keyFingerprint);
  const key = pem === undefined ? undefined : createPublicKey(pem);
  const forged = reports.find(
    (report) => report.assetId !== reporter.assetId || key === undefined || !verifyReport(report, key),
  );
  if (forged === undefined) return;
  throw new Refusal('proof-wrong', `Report ${forged.sequence} is not signed by the key of this host.`);
}

async function fork(tx: Tx, { assetId, at }: Reporter, report: SignedReport, hash: string): Promise<NewLeaf> {
  await storeFork(tx, assetId, at);
  return { kind: 'host.forked', subject: assetId, payload: { sequence: report.sequence, hash } };
}

async function take(
  tx: Tx,
  { append, silenceMs }: ReportParts,
  { assetId, at }: Reporter,
  host: HostRow,
  report: SignedReport,
  hash: string,
  taken: Taken,
): Promise<HostRow> {
  const { instance, sequence } = report;
  await storeReport(tx, report, hash, at);
  await storeLastReport(tx, assetId, { instance, sequence, hash });
  const job = await lockJob(tx, report.job);
  // A job of another server's past, or of another host: the word is kept and changes nothing.
  if (job?.assetId === assetId) {
    const event = { kind: 'job.reported', sequence, report: jobReportOf(report.report) } as const;
    const stepped = await advanceJob(tx, append, job, event, { actor: `agent:${assetId}`, at, silenceMs });
    if (stepped.kind === 'stepped') {
      taken.leaves.push(...stepped.leaves);
      taken.wishes.push(...stepped.wishes);
      taken.timers.push(...stepped.timers);
    }
  }
  return { ...host, instance, lastSequence: sequence, lastHash: hash };
}
