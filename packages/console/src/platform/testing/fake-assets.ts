import type { Asset, ReasonBody } from '@patchsteward/contract';

/** All instants of the fake are counted from when it was loaded, so that "in 3 h" stays that. */
export const LOADED_AT = Date.now();
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
const GENERATED_ASSETS = 300;

export function wire(offsetMs: number): string {
  return new Date(LOADED_AT + offsetMs).toISOString();
}

export function fakeId(number: number): string {
  return `01890000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

const NOT_COVERED: ReasonBody = {
  code: 'release-not-covered',
  subject: 'ubuntu:24.04',
  clearableBy: ['admin'],
  by: null,
  sentence: 'No loaded feed covers Ubuntu 24.04 LTS; import a feed that does.',
};

const ORIGIN = 'deb.debian.org/debian-security bookworm-security/main';

const PLAIN: Asset = {
  id: fakeId(0),
  name: 'plain',
  kind: 'server',
  criticality: 'normal',
  exposure: 'internal',
  environment: 'production',
  owner: 'Platform team',
  role: 'web',
  tags: [],
  maintenanceGroup: null,
  redundancyGroups: [],
  ring: false,
  release: { id: 'debian', versionId: '12', codename: 'bookworm', prettyName: 'Debian GNU/Linux 12 (bookworm)' },
  support: { state: 'supported', phase: 'regular', until: '2028-07-01T00:00:00.000Z', extendedUntil: null },
  packages: 756,
  judged: { kind: 'judged', unjudgedPackages: 0 },
  findings: 0,
  knownExploited: 0,
  updates: 0,
  securityUpdates: 0,
  nextDue: null,
  rebootNeeded: false,
  firstSeen: wire(-40 * DAY_MS),
  origin: 'agent',
  product: null,
  lastListed: null,
  lastSeen: wire(-50_000),
  stale: false,
  version: 1,
  machineId: '0f3a9c1f5be64b17b8c4f70c9d2e4a11',
  architecture: 'amd64',
  agentVersion: '0.1.0',
  runningKernel: '6.1.0-41-amd64',
  installedKernels: [{ release: '6.1.0-41-amd64', package: 'linux-image-6.1.0-41-amd64', version: '6.1.158-1' }],
  container: false,
  rebootReasons: [],
  restartNeeded: [],
  bootedAt: wire(-9 * DAY_MS),
  packageSet: `sha256:${'3f'.repeat(32)}`,
  origins: [
    { id: ORIGIN, publisher: 'Debian', suite: 'stable-security', date: wire(-6 * HOUR_MS), signed: true },
    {
      id: 'deb.debian.org/debian bookworm/main',
      publisher: 'Debian',
      suite: 'oldstable',
      date: wire(-20 * DAY_MS),
      signed: true,
    },
  ],
  reasons: [],
};

/** Known by name in the tests. */
export const FAKE_ASSETS = {
  affected: fakeId(1),
  notJudged: fakeId(2),
  clean: fakeId(3),
  neglected: fakeId(4),
  silent: fakeId(5),
  /** It comes from a list: no agent speaks for it. */
  listed: fakeId(1_000),
} as const;

export function fakeAssets(): Asset[] {
  return [
    {
      ...PLAIN,
      id: FAKE_ASSETS.affected,
      name: 'web-1.example.org',
      criticality: 'high',
      exposure: 'public',
      tags: ['shop', 'pci'],
      findings: 359,
      knownExploited: 2,
      updates: 97,
      securityUpdates: 64,
      nextDue: { lane: 'critical', due: wire(-5 * HOUR_MS), late: true },
      rebootNeeded: true,
      rebootReasons: ['kernel'],
      restartNeeded: ['apache2.service', 'postgresql@15-main.service'],
      runningKernel: '6.1.0-37-amd64',
      installedKernels: [
        { release: '6.1.0-37-amd64', package: 'linux-image-6.1.0-37-amd64', version: '6.1.140-1' },
        { release: '6.1.0-41-amd64', package: 'linux-image-6.1.0-41-amd64', version: '6.1.158-1' },
      ],
      origins: [
        ...PLAIN.origins,
        { id: 'packages.example.net/apt stable/main', publisher: null, suite: 'stable', date: null, signed: false },
      ],
      reasons: [
        {
          code: 'reboot-pending',
          subject: 'web-1.example.org',
          clearableBy: ['it', 'owner'],
          by: wire(20 * HOUR_MS),
          sentence: 'A newer kernel is installed than runs: what it fixes is open until the host reboots.',
        },
      ],
    },
    {
      ...PLAIN,
      id: FAKE_ASSETS.notJudged,
      name: 'ci-runner-with-a-very-long-name-that-somebody-chose-on-a-friday.build.example.org',
      environment: 'non-production',
      exposure: 'unknown',
      owner: null,
      role: null,
      release: { id: 'ubuntu', versionId: '24.04', codename: 'noble', prettyName: 'Ubuntu 24.04.3 LTS' },
      judged: { kind: 'not-judged', reason: NOT_COVERED },
      findings: null,
      knownExploited: null,
      updates: 12,
      securityUpdates: 0,
      container: true,
      installedKernels: [],
    },
    { ...PLAIN, id: FAKE_ASSETS.clean, name: 'mail-1.example.org', role: 'mail' },
    {
      ...PLAIN,
      id: FAKE_ASSETS.neglected,
      name: 'legacy-1.example.org',
      release: { id: 'debian', versionId: '10', codename: 'buster', prettyName: 'Debian GNU/Linux 10 (buster)' },
      support: {
        state: 'extended',
        phase: 'lts',
        until: '2024-07-01T00:00:00.000Z',
        extendedUntil: '2029-07-01T00:00:00.000Z',
      },
      findings: 6_412,
      knownExploited: 31,
      updates: 640,
      securityUpdates: 400,
      nextDue: { lane: 'emergency', due: wire(3 * HOUR_MS), late: false },
      lastSeen: wire(-3 * DAY_MS),
      stale: true,
      reasons: [
        {
          code: 'report-stale',
          subject: 'legacy-1.example.org',
          clearableBy: ['it'],
          by: null,
          sentence: 'The host has not reported for 3 days; check that its agent runs and reaches the server.',
        },
      ],
    },
    {
      ...PLAIN,
      id: FAKE_ASSETS.silent,
      name: 'new-1.example.org',
      release: null,
      support: { state: 'unknown', phase: null, until: null, extendedUntil: null },
      packages: null,
      findings: null,
      knownExploited: null,
      updates: null,
      securityUpdates: null,
      rebootNeeded: null,
      lastSeen: null,
      machineId: null,
      architecture: null,
      agentVersion: null,
      runningKernel: null,
      installedKernels: [],
      container: null,
      restartNeeded: null,
      bootedAt: null,
      packageSet: null,
      origins: [],
    },
    ...Array.from({ length: GENERATED_ASSETS }, (_, index) => generated(index)),
  ];
}

function generated(index: number): Asset {
  const number = String(index + 1).padStart(3, '0');
  return {
    ...PLAIN,
    id: fakeId(1_000 + index),
    name: `host-${number}.example.org`,
    origin: fakeId(1_000 + index) === FAKE_ASSETS.listed ? 'import' : 'agent',
    findings: (index * 7) % 90,
    updates: (index * 5) % 60,
    securityUpdates: (index * 5) % 20,
    nextDue: { lane: 'routine', due: wire((5 + (index % 25)) * DAY_MS), late: false },
  };
}
