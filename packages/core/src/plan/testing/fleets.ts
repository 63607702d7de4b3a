import fc from 'fast-check';
import { DEFAULT_POLICY, type Policy } from '../../policy/index.ts';
import { CRITICALITIES, DAY_MS, EXPOSURES, type Hash, HOUR_MS, LANES, MINUTE_MS } from '../../vocabulary/index.ts';
import type { PackageChange } from '../change.ts';
import type { PlanAsset, PlanFacts, ProvenPair } from '../facts.ts';
import type { Interval } from '../interval.ts';
import type { VerifiedTransaction } from '../proposal.ts';

/** A Friday. */
export const NOW = Date.UTC(2026, 10, 20, 12);

/** Only trust makes hashes; here one is as good as another. */
export function hashOf(text: string): Hash {
  return `sha256:${text.padEnd(64, '0')}` as Hash;
}

export function idOf(number: number): string {
  return `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

export function upgrade(name: string, more: Partial<PackageChange> = {}): PackageChange {
  return {
    name,
    architecture: 'amd64',
    from: '1.0-1',
    to: '1.0-2',
    sha256: hashOf('a'),
    sizeBytes: 1_000,
    origin: 'deb.debian.org/debian-security bookworm-security/main',
    ...more,
  };
}

export function transactionOf(assetId: string, changes: readonly PackageChange[]): VerifiedTransaction {
  const undone = changes.map((change) => ({ ...change, from: change.to, to: change.from }));
  return {
    assetId,
    ecosystem: 'deb',
    packagesHash: hashOf('b'),
    changes,
    rollback: { kind: 'downgrade', changes: undone },
    evidence: hashOf('c'),
  };
}

export function assetOf(number: number, more: Partial<PlanAsset> = {}): PlanAsset {
  const assetId = idOf(number);
  return {
    assetId,
    name: `host-${number}`,
    criticality: 'normal',
    exposure: 'internal',
    environment: 'production',
    scope: 'debian:12',
    role: null,
    ring: false,
    maintenanceGroup: 'nightly',
    redundancyGroups: [],
    extraordinary: [],
    transaction: transactionOf(assetId, [upgrade('curl')]),
    backup: { kind: 'proof', proof: hashOf('d') },
    health: { units: [], ports: [], urls: [], watchMs: MINUTE_MS },
    restarts: [],
    reboot: 'never',
    expectedMs: null,
    ...more,
  };
}

export function provenOf(name: string, more: Partial<ProvenPair> = {}): ProvenPair {
  const pair = { name, architecture: 'amd64', from: '1.0-1', to: '1.0-2', scope: 'debian:12' };
  return { ...pair, tried: 1, verified: 1, rehearsed: true, ...more };
}

/** Every `everyMs` from `first` on, for two months. */
function windowsEvery(first: number, everyMs: number, lengthMs: number): Interval[] {
  return Array.from({ length: Math.floor((60 * DAY_MS) / everyMs) }, (_, index) => {
    const from = NOW + first + index * everyMs;
    return { from, until: from + lengthMs };
  });
}

export function factsOf(assets: readonly PlanAsset[], more: Partial<PlanFacts> = {}): PlanFacts {
  return {
    kind: 'production',
    campaign: 'c1',
    lane: 'routine',
    due: NOW + 30 * DAY_MS,
    now: NOW,
    notBefore: NOW,
    requester: 'ada',
    policy: DEFAULT_POLICY,
    assets,
    windows: { nightly: windowsEvery(12 * HOUR_MS, DAY_MS, 4 * HOUR_MS) },
    proven: [provenOf('curl')],
    acceptedUntested: [],
    ...more,
  };
}

const PACKAGES = ['curl', 'libcurl4', 'openssl', 'zlib1g'] as const;

const changes: fc.Arbitrary<PackageChange[]> = fc
  .uniqueArray(
    fc.record({
      name: fc.constantFrom(...PACKAGES),
      kind: fc.constantFrom('upgrade', 'upgrade', 'upgrade', 'new', 'removed'),
    }),
    { selector: ({ name }) => name, minLength: 1, maxLength: 3 },
  )
  .map((steps) =>
    steps.map(({ name, kind }) =>
      upgrade(name, { ...(kind === 'new' ? { from: null } : {}), ...(kind === 'removed' ? { to: null } : {}) }),
    ),
  );

/** One good transaction most of the time, so that fleets come to a plan. */
const likelyChanges = fc.oneof(
  { weight: 20, arbitrary: fc.constant([upgrade('curl')]) },
  {
    weight: 4,
    arbitrary: fc.shuffledSubarray([upgrade('curl'), upgrade('libcurl4', { from: null })], { minLength: 2 }),
  },
  { weight: 1, arbitrary: changes },
);

const anyAsset = (number: number): fc.Arbitrary<PlanAsset> =>
  fc
    .record({
      criticality: fc.constantFrom(...CRITICALITIES),
      exposure: fc.constantFrom(...EXPOSURES),
      environment: fc.constantFrom('production', 'non-production', 'non-production', 'unknown'),
      role: fc.constantFrom(null, null, '', 'web', 'db'),
      ring: fc.noBias(fc.integer({ min: 0, max: 7 })).map((dice) => dice === 0),
      maintenanceGroup: fc.constantFrom(
        'nightly',
        'nightly',
        'nightly',
        'nightly',
        'always',
        'always',
        'weekly',
        'weekly',
        'short',
        null,
      ),
      redundancyGroups: fc.constantFrom<string[][]>([], [], [], ['web'], ['db'], ['web', 'dns']),
      extraordinary: fc.constantFrom<Interval[][]>([], [], [{ from: NOW + HOUR_MS, until: NOW + 9 * HOUR_MS }]),
      withTransaction: fc.noBias(fc.integer({ min: 0, max: 15 })).map((dice) => dice > 0),
      changes: likelyChanges,
      rollback: fc.noBias(fc.integer({ min: 0, max: 5 })).map((dice) => dice > 0),
      backup: fc.oneof(
        { weight: 10, arbitrary: fc.constant<PlanAsset['backup']>({ kind: 'proof', proof: hashOf('d') }) },
        { weight: 3, arbitrary: fc.constant<PlanAsset['backup']>({ kind: 'waiver', waiver: hashOf('f') }) },
        { weight: 1, arbitrary: fc.constantFrom<PlanAsset['backup'][]>({ kind: 'not-needed' }, null) },
      ),
      expectedMs: fc.constantFrom(null, null, 5 * MINUTE_MS, HOUR_MS),
      restarts: fc.subarray(['nginx.service', 'ssh.service']),
    })
    .map(({ withTransaction, changes: steps, rollback, ...asset }) => {
      const transaction = transactionOf(idOf(number), steps);
      const oneWay = { kind: 'none', why: 'old versions are gone' } as const;
      if (!withTransaction) return assetOf(number, { ...asset, transaction: null });
      return assetOf(number, { ...asset, transaction: rollback ? transaction : { ...transaction, rollback: oneWay } });
    });

const anyPolicy: fc.Arbitrary<Policy> = fc
  .record({
    waveShareMax: fc.constantFrom(0.25, 0.25, 0.1, 0.5, 1),
    expectedFailures: fc.constantFrom(3, 3, 1, 6),
    provenHostsMin: fc.constantFrom(1, 3),
    waveSoakMs: fc.constantFrom(0, HOUR_MS, DAY_MS),
    startReserveMs: fc.constantFrom(0, 30 * MINUTE_MS),
    guardMs: fc.constantFrom(0, 2 * MINUTE_MS),
    sparesMax: fc.constantFrom(0, 1, 2, 4),
  })
  .map(({ guardMs, sparesMax, ...figures }) => {
    const { lanes, schedule } = DEFAULT_POLICY;
    return {
      ...DEFAULT_POLICY,
      schedule: { ...schedule, guardMs, sparesMax },
      lanes: {
        routine: { ...lanes.routine, ...figures },
        critical: { ...lanes.critical, ...figures },
        emergency: { ...lanes.emergency, ...figures },
        mitigation: { ...lanes.mitigation, ...figures },
      },
    };
  });

/** Fleets of every kind: with and without windows, proofs, tests; late ones, tight ones. */
export const anyFacts: fc.Arbitrary<PlanFacts> = fc
  .record({
    kind: fc.constantFrom('production', 'production', 'production', 'test'),
    lane: fc.constantFrom(...LANES),
    dueInMs: fc.constantFrom(-DAY_MS, DAY_MS, 2 * DAY_MS, 30 * DAY_MS),
    notBeforeMs: fc.constantFrom(0, 0, 7 * DAY_MS),
    policy: anyPolicy,
    assets: fc
      .noBias(fc.integer({ min: 0, max: 40 }))
      .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => anyAsset(at + 1)))),
    proven: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom('libcurl4', 'openssl', 'zlib1g'),
        from: fc.constantFrom('1.0-1', null),
        tried: fc.integer({ min: 0, max: 4 }),
        failed: fc.constantFrom(0, 0, 0, 1),
        rehearsed: fc.boolean(),
      }),
      { maxLength: 5, selector: ({ name, from }) => `${name} ${from}` },
    ),
    curl: fc.noBias(fc.integer({ min: 0, max: 9 })),
    accepted: fc.boolean(),
  })
  .map(({ assets, proven, curl, accepted, dueInMs, notBeforeMs, ...more }) =>
    factsOf(assets, {
      ...more,
      due: NOW + dueInMs,
      notBefore: NOW + notBeforeMs,
      windows: {
        nightly: windowsEvery(12 * HOUR_MS, DAY_MS, 4 * HOUR_MS),
        weekly: windowsEvery(36 * HOUR_MS, 7 * DAY_MS, 3 * HOUR_MS),
        short: windowsEvery(12 * HOUR_MS, DAY_MS, 25 * MINUTE_MS),
        always: [{ from: NOW - DAY_MS, until: NOW + 60 * DAY_MS }],
      },
      proven: [
        ...proven.map(({ failed, tried, ...pair }) =>
          provenOf(pair.name, { ...pair, tried, verified: Math.max(0, tried - failed) }),
        ),
        ...(curl === 0 ? [] : [provenOf('curl', { tried: curl, verified: curl })]),
      ],
      acceptedUntested: accepted
        ? [{ name: 'libcurl4', architecture: 'amd64', from: null, to: '1.0-2', scope: 'debian:12' }]
        : [],
    }),
  );
