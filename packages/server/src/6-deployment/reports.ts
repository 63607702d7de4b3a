import type { ReportsAnswer, SignedReport } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Changed, NewLeaf, TimerChange, Wish } from '../platform/corridor.ts';
import { Refusal } from '../platform/http/refusal.ts';
import type { ChangeIn, ReportStore } from './deployment-store.ts';
import type { HostRow } from './host-store.ts';
import { advanceJob } from './job-step.ts';
import type { Job } from './job-store.ts';
import { jobReportOf } from './report-body.ts';
import { placeOf } from './report-chain.ts';

export interface ReportParts {
  readonly change: ChangeIn<ReportStore>;
  /** What the next report of the host names as the one before it. */
  readonly hashOf: (report: SignedReport) => string;
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
  return parts.change(by, async (store): Promise<Changed<ReportsAnswer>> => {
    await refuseForged(store, reporter, reports);
    const taken: Taken = { leaves: [], wishes: [], timers: [] };
    let host = await store.lockHost(reporter.assetId);
    await store.lockCampaignsOf(jobsOf(reports.filter(({ report }) => COUNTED.has(report.phase))));
    // A host may speak of several jobs, in any order; they are held in the one that everybody keeps.
    await store.lockJobs(jobsOf(reports));
    for (const report of reports) {
      const hash = parts.hashOf(report);
      const chain = { ...host, forked: host.forkedAt !== null };
      const known = await store.readReportHash(reporter.assetId, report.sequence);
      const place = placeOf(chain, { ...report, hash }, known);
      if (place === 'known') continue;
      if (place === 'gap') {
        return { ...taken, value: { acknowledged: host.lastSequence, resendFrom: host.lastSequence + 1 } };
      }
      if (place === 'fork') {
        if (host.forkedAt === null) taken.leaves.push(await fork(store, reporter, report, hash));
        return { ...taken, value: { acknowledged: host.lastSequence, fork: true } };
      }
      host = await take(store, parts, reporter, host, report, hash, taken);
    }
    return { ...taken, value: { acknowledged: host.lastSequence } };
  });
}

/**
 * What moves the count of failures, or of those that it is a share of: a grant must not be given beside it. All else that
 * hosts say waits for nobody who moves their campaign. // rollout S6
 */
const COUNTED: ReadonlySet<SignedReport['report']['phase']> = new Set([
  'returned',
  'rolling-back',
  'rolled-back',
  'rollback-failed',
  'failed',
]);

function jobsOf(reports: readonly SignedReport[]): string[] {
  return [...new Set(reports.map(({ job }) => job))];
}

/** The connection proves the host; the signature is for those who read the report later. */
async function refuseForged(store: ReportStore, reporter: Reporter, reports: readonly SignedReport[]): Promise<void> {
  const key = await store.reportKey(reporter.keyFingerprint);
  const forged = reports.find((report) => report.assetId !== reporter.assetId || key?.signed(report) !== true);
  if (forged === undefined) return;
  throw new Refusal('proof-wrong', `Report ${forged.sequence} is not signed by the key of this host.`);
}

async function fork(
  store: ReportStore,
  { assetId, at }: Reporter,
  report: SignedReport,
  hash: string,
): Promise<NewLeaf> {
  await store.storeFork(assetId, at);
  return { kind: 'host.forked', subject: assetId, payload: { sequence: report.sequence, hash } };
}

async function take(
  store: ReportStore,
  { silenceMs }: ReportParts,
  { assetId, at }: Reporter,
  host: HostRow,
  report: SignedReport,
  hash: string,
  taken: Taken,
): Promise<HostRow> {
  const { instance, sequence } = report;
  await store.storeReport(report, hash, at);
  await store.storeLastReport(assetId, { instance, sequence, hash });
  const job = await store.lockJob(report.job);
  // A job of another server's past, or of another host: the word is kept and changes nothing.
  if (job?.assetId === assetId && !(await handsBackUnseen(store, job, report))) {
    const event = { kind: 'job.reported', sequence, report: jobReportOf(report.report) } as const;
    const stepped = await advanceJob(store, job, event, { actor: `agent:${assetId}`, at, silenceMs });
    if (stepped.kind === 'stepped') {
      taken.leaves.push(...stepped.leaves);
      taken.wishes.push(...stepped.wishes);
      taken.timers.push(...stepped.timers);
    }
  }
  return { ...host, instance, lastSequence: sequence, lastHash: hash };
}

/** With these a host says of its grant that nothing was begun under it. */
const UNUSED: ReadonlySet<SignedReport['report']['phase']> = new Set(['returned', 'blocked']);

/**
 * Whether a grant was used knows the start of the machine that got it, and no other one: neither a clone of its disk nor
 * the machine after a boot that lost what it wrote. The place stays taken until it reports, or a person answers for the
 * host. // rollout S4 S10
 */
async function handsBackUnseen(store: ReportStore, { state }: Job, { bootId, report }: SignedReport): Promise<boolean> {
  if (state.name !== 'granted' || state.grant === null || !UNUSED.has(report.phase)) return false;
  return (await store.readGrantBoot(state.grant.id)) !== bootId;
}
