import { DAY_MS } from '@patchsteward/core/vocabulary';
import { describe, expect, test } from 'vitest';
import { assetBody, assetSummary } from './asset-body.ts';
import type { AssetDetailRow } from './asset-list-store.ts';
import { inventory } from './testing/inventories.ts';

const NO_LIFECYCLE = { lifecycles: [], warnMs: 0 } as const;

const NOW = Date.parse('2026-11-22T10:00:00Z');
const { packages: set, system, origins } = inventory({ rebootNeeded: true });
const ROW: AssetDetailRow = {
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  name: 'db-1',
  kind: 'server',
  criticality: 'normal',
  exposure: 'internal',
  environment: 'production',
  owner: null,
  role: null,
  tags: [],
  maintenanceGroup: null,
  redundancyGroups: [],
  ring: false,
  version: 1,
  firstSeen: NOW - 30 * DAY_MS,
  origin: 'agent' as const,
  vendor: null,
  product: null,
  productVersion: null,
  build: null,
  listedAt: null,
  supportScope: null,
  seenAt: NOW - 60_000,
  agentVersion: '0.1.0',
  rebootNeeded: false,
  packagesHash: 'sha256:p',
  systemHash: 'sha256:s',
  originsHash: 'sha256:o',
  ecosystem: 'deb',
  release: set.release,
  packages: 700,
  findings: 12,
  knownExploited: 1,
  judgedAt: NOW - 1_000,
  unjudged: 0,
  updates: 30,
  securityUpdates: 9,
  lane: 'critical',
  due: NOW + DAY_MS,
};
const UNREPORTED: AssetDetailRow = {
  ...ROW,
  seenAt: null,
  agentVersion: null,
  rebootNeeded: null,
  packagesHash: null,
  systemHash: null,
  originsHash: null,
  release: null,
  packages: null,
  findings: null,
  knownExploited: null,
  judgedAt: null,
  unjudged: null,
  updates: null,
  securityUpdates: null,
  lane: null,
  due: null,
};
const FEEDS = [{ feed: 'debian-osv', scopes: new Set(['debian:12']) }];

test.each([
  [null, { state: 'unknown', phase: null, until: null, extendedUntil: null }],
  [
    { state: 'ended', phase: 'lts', until: NOW - DAY_MS, extendedUntil: NOW + DAY_MS },
    { state: 'extended', phase: 'lts', until: '2026-11-21T10:00:00.000Z', extendedUntil: '2026-11-23T10:00:00.000Z' },
  ],
  [
    { state: 'ending', phase: 'lts', until: NOW + DAY_MS, extendedUntil: null },
    { state: 'ending', phase: 'lts', until: '2026-11-23T10:00:00.000Z', extendedUntil: null },
  ],
] as const)('tells the support of its platform: %j', (support, told) => {
  expect(assetSummary(ROW, { feeds: FEEDS, support }, NOW).support).toEqual(told);
});

test('what is judged shows its counts and what is due next', () => {
  expect(assetSummary(ROW, { feeds: FEEDS, support: null }, NOW)).toMatchObject({
    judged: { kind: 'judged', unjudgedPackages: 0 },
    findings: 12,
    knownExploited: 1,
    updates: 30,
    securityUpdates: 9,
    nextDue: { lane: 'critical', due: '2026-11-23T10:00:00.000Z', late: false },
    lastSeen: '2026-11-22T09:59:00.000Z',
    stale: false,
  });
});

describe('an answer that was not computed is never a clean one', () => {
  test.each([
    ['no feed is loaded', ROW, [], 'no-feed'],
    [
      'no feed speaks of the release',
      ROW,
      [{ feed: 'debian-osv', scopes: new Set(['debian:13']) }],
      'release-not-covered',
    ],
    [
      'the release has no version',
      { ...ROW, release: { ...set.release, versionId: null } },
      FEEDS,
      'release-not-covered',
    ],
    ['the set is not counted yet', { ...ROW, judgedAt: null }, FEEDS, 'not-judged-yet'],
    ['nothing was reported', UNREPORTED, FEEDS, 'not-reported-yet'],
  ])('%s', (_, row, feeds, code) => {
    const summary = assetSummary(row, { feeds, support: null }, NOW);

    expect(summary.judged).toMatchObject({ kind: 'not-judged', reason: { code } });
    expect([summary.findings, summary.knownExploited]).toEqual([null, null]);
  });
});

test.each([
  ['an hour ago', NOW - 3_600_000, false],
  ['a day ago', NOW - DAY_MS, false],
  ['longer ago', NOW - DAY_MS - 1, true],
  ['never, enrolled long ago', null, true],
])('last seen %s: stale is %s', (_, seenAt, stale) => {
  const body = assetBody(
    { row: { ...ROW, seenAt }, feeds: FEEDS, silent: [], system: null, origins: null, ...NO_LIFECYCLE },
    NOW,
  );

  expect(body.stale).toBe(stale);
  expect(body.reasons.some(({ code }) => code === 'report-stale')).toBe(stale);
});

test('a host that enrolled just now is not stale', () => {
  expect(assetSummary({ ...UNREPORTED, firstSeen: NOW - 1_000 }, { feeds: FEEDS, support: null }, NOW).stale).toBe(
    false,
  );
});

test('a host whose package manager gave no answer has no number of updates, and says so', () => {
  const body = assetBody(
    { row: { ...ROW, updates: null }, feeds: FEEDS, silent: [], system, origins, ...NO_LIFECYCLE },
    NOW,
  );

  expect(body.updates).toBeNull();
  expect(body.reasons.map(({ code }) => code)).toContain('updates-not-known');
});

test('what is past its due time is late', () => {
  expect(assetSummary({ ...ROW, due: NOW - 1 }, { feeds: FEEDS, support: null }, NOW).nextDue?.late).toBe(true);
});

test('one asset shows what its host says of itself', () => {
  const body = assetBody(
    {
      row: { ...ROW, rebootNeeded: true, exposure: 'unknown' },
      feeds: FEEDS,
      silent: [],
      system,
      origins,
      ...NO_LIFECYCLE,
    },
    NOW,
  );

  expect(body).toMatchObject({
    architecture: 'amd64',
    runningKernel: '6.1.0-40-amd64',
    rebootReasons: ['kernel'],
    bootedAt: '2026-11-01T00:00:00.000Z',
    packageSet: 'sha256:p',
  });
  expect(body.origins.map(({ suite, date }) => [suite, date])).toEqual([
    ['bookworm', '2026-11-20T08:00:00.000Z'],
    ['bookworm-security', '2026-11-20T08:00:00.000Z'],
  ]);
  expect(body.reasons.map(({ code }) => code)).toEqual(['exposure-unknown', 'reboot-pending']);
});

test('what is judged by a feed that fell silent says so', () => {
  const silent = [
    { feed: 'debian-osv', title: 'Debian', since: NOW - 3 * DAY_MS, families: ['debian'] },
    { feed: 'almalinux-osv', title: 'AlmaLinux', since: NOW - 3 * DAY_MS, families: ['almalinux'] },
  ];
  const reasonsOf = (row: AssetDetailRow) =>
    assetBody({ row, feeds: FEEDS, silent, system, origins, ...NO_LIFECYCLE }, NOW)
      .reasons.filter(({ code }) => code === 'feed-silent')
      .map(({ subject }) => subject);

  expect(reasonsOf(ROW)).toEqual(['Debian']);
  expect(reasonsOf(UNREPORTED)).toEqual([]);
});
