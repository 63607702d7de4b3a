import type { SignedReport } from '@patchsteward/contract';
import type { JobState } from '@patchsteward/core/job';
import { sha256 } from '@patchsteward/trust';
import { expect, it } from 'vitest';
import { job as jobState } from '../../../core/src/job/testing/samples.ts';
import type { ReportStore } from './deployment-store.ts';
import type { HostRow } from './host-store.ts';
import type { Job } from './job-store.ts';
import { grantSilence } from './job-wishes.ts';
import { acceptReports } from './reports.ts';

const AT = Date.UTC(2026, 10, 24);
const ASSET = '0190a000-0000-7000-8000-000000000001';
const KEY = sha256('a work order');
const GRANTED = jobState({
  ...{ name: 'granted', assetId: ASSET, attempted: true, grant: { id: 'g', startBy: AT, at: AT } },
  slot: { since: AT, why: 'granted' },
});
const TIME = '2026-11-24T00:00:00Z';
const ENDED = {
  evidence: { before: [], after: [], startedAt: TIME, endedAt: TIME, outages: [], rebooted: false, log: null },
};
const FAILED = { error: { stage: 'health' as const, package: null, cause: 'unit-not-active' }, ...ENDED };

/** A store with one job that remembers in which order its rows were locked, and what became of the job. */
function storeWith(state: JobState) {
  const locked: string[] = [];
  let held: Job = { key: KEY, plan: KEY, planKind: 'production', campaign: 'c1', assetId: ASSET, version: 1, state };
  const host: HostRow = { runner: null, instance: null, lastSequence: 0, lastHash: null, forkedAt: null };
  const lock = <T>(what: string, row: T): Promise<T> => {
    if (!locked.includes(what)) locked.push(what);
    return Promise.resolve(row);
  };
  const store: ReportStore = {
    lockHost: () => lock('host', host),
    lockCampaignsOf: (jobs) => (jobs.length === 0 ? Promise.resolve() : lock('campaign', undefined)),
    lockJobs: () => lock('job', undefined),
    lockJob: () => lock('job', held),
    lockPlanJobs: () => lock('job', [held]),
    lockHostJobs: () => lock('job', [held]),
    listPlanJobs: () => Promise.resolve([held]),
    listOpenJobs: () => Promise.resolve([held]),
    storeJob: (job) => {
      held = job;
      return Promise.resolve();
    },
    append: () => Promise.resolve([]),
    reportKey: () => Promise.resolve({ signed: () => true }),
    readReportHash: () => Promise.resolve(undefined),
    storeReport: () => Promise.resolve(),
    storeLastReport: () => Promise.resolve(),
    storeFork: () => Promise.resolve(),
    readGrantBoot: () => Promise.resolve('boot-1'),
  };
  return { store, locked, nameNow: () => held.state.name };
}

function signed(report: SignedReport['report'], bootId: string): SignedReport {
  const place = { assetId: ASSET, instance: ASSET, bootId, epoch: 1, sequence: 1, previous: null, job: KEY };
  return { ...place, report, at: TIME, signature: 'token' };
}

async function tell(report: SignedReport['report'], { bootId = 'boot-1', state = GRANTED } = {}) {
  const { store, locked, nameNow } = storeWith(state);
  const answer = await acceptReports(
    {
      change: async (_, work) => (await work(store)).value,
      hashOf: () => 'hash',
      silenceMs: 1,
    },
    { assetId: ASSET, keyFingerprint: 'key', at: AT },
    [signed(report, bootId)],
  );
  return { answer, locked, name: nameNow() };
}

// rollout S6: a grant beside it either sees the failure or comes before it; other words wait for nobody.
it.each<[SignedReport['report'], boolean]>([
  [{ phase: 'rolling-back' }, true],
  [{ phase: 'rolled-back', ...FAILED }, true],
  [{ phase: 'rollback-failed', ...FAILED }, true],
  [{ phase: 'failed', ...FAILED }, true],
  [{ phase: 'returned', detail: 'too late' }, true],
  [{ phase: 'blocked', reason: 'drift', detail: 'openssl' }, false],
  [{ phase: 'installing' }, false],
  [{ phase: 'succeeded', ...ENDED }, false],
])('$phase holds the campaign before the job: %s', async (report, holds) => {
  const { locked, answer } = await tell(report);

  expect(locked).toEqual(holds ? ['host', 'campaign', 'job'] : ['host', 'job']);
  expect(answer).toEqual({ acknowledged: 1 });
});

it('silence holds the campaign before the job', async () => {
  const { store, locked } = storeWith(GRANTED);

  await grantSilence({ store, silenceMs: 1 }, { key: KEY, payload: null, at: AT });

  expect(locked).toEqual(['campaign', 'job']);
});

// rollout S10: another start of the machine, or a clone of it, cannot know what was begun.
it.each<[string, SignedReport['report'], string, string]>([
  ['its own start frees the place', { phase: 'returned', detail: 'too late' }, 'boot-1', 'armed'],
  ['its own start finds a reason', { phase: 'blocked', reason: 'drift', detail: 'openssl' }, 'boot-1', 'blocked'],
  ['another start frees nothing', { phase: 'returned', detail: 'never came' }, 'boot-2', 'granted'],
  ['nor by a reason', { phase: 'blocked', reason: 'drift', detail: 'openssl' }, 'boot-2', 'granted'],
  ['what was begun is told after a reboot as well', { phase: 'installing' }, 'boot-2', 'installing'],
  ['and its end', { phase: 'rolled-back', ...FAILED }, 'boot-2', 'rolled-back'],
])('of a grant %s', async (_, report, bootId, name) => {
  expect(await tell(report, { bootId })).toMatchObject({ name, answer: { acknowledged: 1 } });
});

it('without a grant any start says what keeps the host', async () => {
  const report = { phase: 'blocked', reason: 'drift', detail: 'openssl' } as const;
  const state = jobState({ name: 'armed', assetId: ASSET });

  expect(await tell(report, { bootId: 'boot-2', state })).toMatchObject({ name: 'blocked' });
});
