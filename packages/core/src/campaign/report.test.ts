import { describe, expect, test } from 'vitest';
import type { JobEvidence, JobState } from '../job/index.ts';
import type { Hash } from '../vocabulary/index.ts';
import { deploymentReport, type ReportFacts, signatureKey } from './report.ts';
import type { CampaignState } from './state.ts';

// Opaque to core: any text will do.
const hash = (text: string): Hash => text as Hash;
const HOUR = 3_600_000;

const SIGNED = { person: 'chris', roles: ['change'], keyClass: 'cli', statement: hash('statement') } as const;
const asset = (assetId: string, more: object = {}) => ({
  assetId,
  name: `${assetId}.example.org`,
  criticality: 'normal' as const,
  environment: 'production' as const,
  owner: 'olga',
  redundancyGroups: [],
  maintenanceGroup: null,
  ...more,
});

const CAMPAIGN: CampaignState = {
  id: 'campaign',
  title: 'openssl on Debian 12',
  updates: [{ scope: 'debian:12', source: 'openssl', sourceVersion: '2', targets: [], fixes: ['CVE-2026-1'] }],
  requester: 'ida',
  releasedAt: 0,
  firstSeen: HOUR,
  name: 'monitoring',
  since: 9 * HOUR,
  version: 20,
  assets: [asset('ring', { environment: 'non-production' }), asset('a'), asset('b')],
  scopeAt: HOUR,
  lane: 'critical',
  due: 48 * HOUR,
  laneReasons: [],
  revised: null,
  risk: null,
  authenticity: null,
  trial: { plan: hash('test'), started: { signed: SIGNED, at: 2 * HOUR }, verdict: null, accepted: [], debt: null },
  backup: {
    proofs: [
      { assetId: 'a', evidence: hash('proof'), waived: false },
      { assetId: 'b', evidence: hash('waiver'), waived: true },
    ],
    missing: [],
    at: 3 * HOUR,
  },
  waivers: [{ assetId: 'b', signed: SIGNED, expiresAt: 90 * HOUR, why: 'it holds no data' }],
  exceptions: [],
  plan: null,
  plansSeen: [],
  stalePlans: [],
  rollbackPlan: null,
  change: { signed: { ...SIGNED, person: 'ida' }, why: 'fix it', at: 4 * HOUR },
  windows: [],
  votes: [SIGNED],
  notice: null,
  waves: [],
  deployed: true,
  pause: null,
  halt: null,
  outdatedBy: [],
  resumedAt: null,
  rollback: null,
  rolledBack: null,
  soak: null,
  rescan: null,
  audits: [],
  dispositions: [],
  declared: [],
  verdicts: {},
  end: null,
};

const EVIDENCE: JobEvidence = {
  before: [{ name: 'openssl', architecture: 'amd64', version: '1' }],
  after: [{ name: 'openssl', architecture: 'amd64', version: '2' }],
  startedAt: 9 * HOUR,
  endedAt: 10 * HOUR,
  outages: [{ unit: 'web.service', downMs: 1_001 }],
  rebooted: false,
  log: null,
};

function job(assetId: string, more: Partial<JobState> = {}): JobState {
  return {
    plan: hash('plan'),
    assetId,
    wave: 1,
    epoch: 1,
    groups: [],
    name: 'succeeded',
    since: 10 * HOUR,
    lastSequence: 1,
    grant: null,
    attempted: true,
    slot: null,
    unknownSince: null,
    blocked: null,
    error: null,
    failedAt: null,
    evidence: EVIDENCE,
    declared: null,
    cancelWanted: false,
    ...more,
  };
}

const made = (more: Partial<ReportFacts> = {}, campaign: Partial<CampaignState> = {}) =>
  deploymentReport({
    campaign: { ...CAMPAIGN, ...campaign },
    jobs: [
      { planKind: 'test', job: job('ring') },
      { planKind: 'production', job: job('a') },
      { planKind: 'production', job: job('b') },
    ],
    openedAt: HOUR,
    signedAt: new Map([[signatureKey('chris', 'statement'), 2 * HOUR]]),
    profile: 'team',
    now: 20 * HOUR,
    ...more,
  });

test('says what was changed on which host, for how long a service was down, and on what backup', () => {
  const { hosts, totals, doneAt, late } = made();

  expect(hosts.map(({ asset, outcome, backup }) => [asset, outcome, backup])).toEqual([
    ['ring.example.org', 'succeeded', 'none'],
    ['a.example.org', 'succeeded', 'proof'],
    ['b.example.org', 'succeeded', 'waived'],
  ]);
  expect(hosts[1]).toMatchObject({
    changes: [{ name: 'openssl', architecture: 'amd64', before: '1', after: '2' }],
    outages: [{ unit: 'web.service', seconds: 2 }],
  });
  expect(totals).toMatchObject({ succeeded: 2, failed: 0 });
  expect([doneAt, late]).toEqual([10 * HOUR, false]);
});

test('names every person with what they did and what they signed', () => {
  expect(made().acts.map(({ at, person, act }) => [at, `${person} ${act}`])).toEqual([
    [2 * HOUR, 'chris signed the test plan'],
    [2 * HOUR, 'chris waived the backup of b.example.org'],
    // A signature whose event is not at hand has no time, rather than a wrong one.
    [null, 'ida requested the change'],
    [2 * HOUR, 'chris approved the plan'],
  ]);
});

describe('is not done, and late once the due time has passed', () => {
  test.each([
    ['where a host failed', [job('a'), job('b', { name: 'rolled-back', failedAt: 10 * HOUR })]],
    ['where a host is silent', [job('a'), job('b', { name: 'granted', unknownSince: 10 * HOUR, evidence: null })]],
    ['where a host was never reached', [job('a')]],
  ])('%s', (_, jobs) => {
    const reported = jobs.map((each) => ({ planKind: 'production' as const, job: each }));

    expect(made({ jobs: reported })).toMatchObject({ doneAt: null, late: false });
    expect(made({ jobs: reported, now: 49 * HOUR })).toMatchObject({ doneAt: null, late: true });
  });

  test('and late where it was done after it', () => {
    expect(made({}, { due: 9 * HOUR })).toMatchObject({ doneAt: 10 * HOUR, late: true });
  });
});

describe('believes the clock of a host only between its grant and its report', () => {
  const grant = { id: 'grant', startBy: 9 * HOUR, at: 8 * HOUR };
  const at = (startedAt: number, endedAt: number) =>
    job('a', { grant, evidence: { ...EVIDENCE, startedAt, endedAt }, since: 12 * HOUR });
  const remark = 'The clock of a.example.org was wrong; of its end counts when it was reported.';

  test.each<[string, JobState, number, boolean]>([
    ['a host that was cut off when it was done', at(9 * HOUR, 10 * HOUR), 10 * HOUR, false],
    ['seconds apart', at(8 * HOUR - 5_000, 12 * HOUR + 5_000), 12 * HOUR, false],
    ['a day back', at(-15 * HOUR, -14 * HOUR), 12 * HOUR, true],
    ['a day ahead', at(33 * HOUR, 34 * HOUR), 12 * HOUR, true],
    ['a jump ahead meanwhile', at(9 * HOUR, 34 * HOUR), 12 * HOUR, true],
  ])('%s', (_, host, doneAt, told) => {
    const jobs = [host, job('b')].map((each) => ({ planKind: 'production' as const, job: each }));

    const report = made({ jobs }, { due: 11 * HOUR });

    expect(report).toMatchObject({ doneAt, late: doneAt > 11 * HOUR });
    expect(report.remarks.includes(remark)).toBe(told);
  });
});

describe('does not pass over', () => {
  test.each([
    ['a waiver', {}, {}, 'Without a backup: b.example.org, waived because: it holds no data'],
    [
      'one person for all',
      { profile: 'solo' as const },
      {},
      'No separation of duties: one person plays every part (profile solo).',
    ],
    ['services that were down', {}, {}, 'Services were down on 3 of 3 hosts.'],
    [
      'what is still found',
      {},
      { rescan: { clean: false, remaining: ['a'], report: hash('r'), at: 1 } },
      'Still found on a.example.org after the update.',
    ],
    [
      'a disposition',
      {},
      { dispositions: [{ assetId: 'b', text: 'retired' }] },
      'Disposition for b.example.org: retired',
    ],
  ])('%s', (_, facts, campaign, remark) => {
    expect(made(facts, campaign).remarks).toContain(remark);
  });
});

test('says why a host failed or is blocked', () => {
  const error = { stage: 'installing', package: 'openssl', cause: 'exit-1' } as const;
  const jobs = [
    job('a', { name: 'rolled-back', error, failedAt: 1 }),
    job('b', { name: 'blocked', blocked: { reason: 'drift', detail: 'another set' }, evidence: null }),
  ];

  const { hosts } = made({ jobs: jobs.map((each) => ({ planKind: 'production', job: each })) });

  expect(hosts.map(({ trouble, outcome }) => [trouble, outcome])).toEqual([
    ['installing / openssl / exit-1', 'failed'],
    ['drift: another set', 'running'],
  ]);
});
