import type {
  Asset,
  AssetSummary,
  ExposureAnswer,
  FeedBody,
  FeedImported,
  FindingBody,
  FleetFinding,
  ReasonBody,
  UpdateBody,
} from '@patchsteward/contract';

/** The instant of the tests; the clock stands there. */
export const NOW = Date.parse('2026-11-22T12:00:00Z');
const HOUR_MS = 3_600_000;

/** Hours from now, as on the wire. */
export function at(hours: number): string {
  return new Date(NOW + hours * HOUR_MS).toISOString();
}

export function idOf(number: number): string {
  return `01890000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

/** The same of a list over the fleet that shows all that is known. */
export function counted<Item>(items: readonly Item[]) {
  return { ...whole(items), countingSince: null };
}

/** A page that is the whole list. */
export function whole<Item>(items: readonly Item[]) {
  return { items: [...items], next: null, total: items.length };
}

export function reason(code: string, sentence: string): ReasonBody {
  return { code, subject: 'it', clearableBy: ['admin'], by: null, sentence };
}

export const NOT_JUDGED: AssetSummary['judged'] = {
  kind: 'not-judged',
  reason: reason('no-feed', 'Not judged: no feed of advisories is loaded for Debian 12; import one.'),
};

export function asset(more: Partial<Asset> = {}): Asset {
  return {
    id: idOf(1),
    name: 'web-1.example.org',
    kind: 'server',
    criticality: 'high',
    exposure: 'public',
    environment: 'production',
    owner: 'Team Web',
    role: null,
    tags: ['pci', 'shop'],
    maintenanceGroup: null,
    redundancyGroups: [],
    ring: false,
    release: { id: 'debian', versionId: '12', codename: 'bookworm', prettyName: 'Debian GNU/Linux 12 (bookworm)' },
    support: { state: 'supported', phase: 'regular', until: '2028-07-01T00:00:00.000Z', extendedUntil: null },
    packages: 756,
    judged: { kind: 'judged', unjudgedPackages: 0 },
    findings: 359,
    knownExploited: 2,
    updates: 97,
    securityUpdates: 64,
    nextDue: { lane: 'critical', due: at(-5), late: true },
    rebootNeeded: true,
    firstSeen: at(-900),
    origin: 'agent',
    product: null,
    lastSeen: at(-0.05),
    lastListed: null,
    stale: false,
    version: 7,
    machineId: null,
    architecture: 'amd64',
    agentVersion: '0.1.0',
    runningKernel: '6.1.0-40-amd64',
    installedKernels: [{ release: '6.1.0-41-amd64', package: 'linux-image-6.1.0-41-amd64', version: '6.1.158-1' }],
    container: false,
    rebootReasons: ['kernel'],
    restartNeeded: ['apache2.service'],
    bootedAt: at(-200),
    packageSet: `sha256:${'3f'.repeat(32)}`,
    origins: [
      { id: 'deb.debian.org/debian bookworm/main', publisher: 'Debian', suite: 'stable', date: at(-100), signed: true },
      { id: 'packages.example.net/apt stable/main', publisher: null, suite: null, date: null, signed: false },
    ],
    reasons: [reason('reboot-pending', 'linux: what is installed does not run yet; reboot.')],
    ...more,
  };
}

/** An asset that is enrolled and has said nothing. */
export function silentAsset(more: Partial<Asset> = {}): Asset {
  return asset({
    release: null,
    packages: null,
    judged: { kind: 'not-judged', reason: reason('not-reported-yet', 'it is enrolled but has not reported yet.') },
    findings: null,
    knownExploited: null,
    updates: null,
    securityUpdates: null,
    nextDue: null,
    lastSeen: null,
    runningKernel: null,
    owner: null,
    tags: [],
    reasons: [],
    ...more,
  });
}

const INTELLIGENCE: FindingBody['intelligence'] = {
  severity: 'unknown',
  severityFrom: null,
  said: null,
  knownExploited: null,
  epss: null,
};

export const EXPLOITED: FindingBody['intelligence'] = {
  severity: 'high',
  severityFrom: 'nvd',
  said: null,
  knownExploited: { added: '2026-11-01', due: '2026-11-21', ransomware: true },
  epss: { score: 0.9432, percentile: 0.999, date: '2026-11-21', model: 'v2025.03.14' },
};

const ASSESSMENT: FindingBody['assessment'] = {
  lane: 'critical',
  releasedAt: at(-40),
  releasedPrecision: 'time',
  releasedFrom: 'advisory',
  firstSeen: at(-30),
  due: at(8),
  dueFrom: 'lane',
  clock: 'release',
  late: false,
  bod: null,
  ssvc: null,
  priority: 50,
  reasons: [],
  why: 'A security update is due 48 hours after its release.',
  answered: null,
  pauses: [],
  policyVersion: 'default-1',
};

export function finding(
  more: Omit<Partial<FindingBody>, 'assessment'> & { readonly assessment?: Partial<FindingBody['assessment']> } = {},
): FindingBody {
  const { assessment, ...rest } = more;
  const source = more.source ?? 'curl';
  const version = more.sourceVersion ?? '7.88.1-10';
  return {
    vulnerability: 'CVE-2026-0001',
    source,
    sourceVersion: version,
    packages: [
      { name: source, architecture: 'amd64', version, hold: false },
      { name: `lib${source}`, architecture: 'amd64', version, hold: false },
    ],
    advisory: 'DSA-5000-1',
    advisoryUrl: null,
    advisorySource: null,
    feed: 'debian-osv',
    status: 'affected',
    fixed: '7.88.1-11',
    fixOffered: [{ name: source, to: '7.88.1-11', origins: ['deb.debian.org/debian-security bookworm-security/main'] }],
    why: `${source} ${version} is below 7.88.1-11, in which DSA-5000-1 fixes CVE-2026-0001.`,
    losing: [],
    intelligence: INTELLIGENCE,
    waits: [],
    stoppedMs: 0,
    reasons: [],
    ...rest,
    assessment: { ...ASSESSMENT, ...assessment },
  };
}

export function fleetFinding(more: Partial<FleetFinding> = {}): FleetFinding {
  return {
    vulnerability: 'CVE-2026-0001',
    source: 'curl',
    scope: 'debian:12',
    advisory: 'DSA-5000-1',
    fixed: '7.88.1-11',
    fix: 'offered',
    offeredOn: 7,
    assets: 12,
    lane: 'critical',
    due: at(8),
    late: false,
    intelligence: EXPLOITED,
    ...more,
  };
}

export function update(more: Partial<UpdateBody> = {}): UpdateBody {
  return {
    name: 'curl',
    architecture: 'amd64',
    from: '7.88.1-10',
    to: '7.88.1-11',
    source: 'curl',
    sourceVersion: '7.88.1-11',
    origins: ['deb.debian.org/debian-security bookworm-security/main'],
    kind: 'security',
    kindWhy: 'It comes from the security archive.',
    fixes: ['CVE-2026-0001', 'CVE-2026-0002'],
    hold: false,
    phased: false,
    assessment: ASSESSMENT,
    reasons: [],
    ...more,
  };
}

const ONE_AFFECTED = {
  ...{ affected: 1, underInvestigation: 0, idle: 0, fixed: 0, notAffected: 0, notInstalled: 0, notJudged: 0 },
};

export function exposure(more: Partial<ExposureAnswer> = {}): ExposureAnswer {
  return {
    vulnerability: 'CVE-2026-0001',
    vulnerabilities: ['CVE-2026-0001'],
    advisory: null,
    releases: [
      {
        ...{
          scope: 'debian:12',
          name: 'Debian GNU/Linux 12 (bookworm)',
          answer: 'affected',
          sentence: 'Affected: 1 asset.',
        },
        ...{ assets: 1, affected: 1, notJudged: 0, counts: ONE_AFFECTED },
      },
    ],
    answer: 'affected',
    past: null,
    counts: ONE_AFFECTED,
    sentence: '1 asset is affected by CVE-2026-0001.',
    intelligence: EXPLOITED,
    claims: [
      {
        advisory: 'DSA-5000-1',
        feed: 'debian-osv',
        scope: 'debian:12',
        package: 'curl',
        status: 'affected',
        fixed: '7.88.1-11',
        ...{ justification: null, impact: null },
      },
    ],
    assets: [
      {
        assetId: idOf(1),
        assetName: 'web-1.example.org',
        criticality: 'high',
        exposure: 'public',
        source: 'curl',
        sourceVersion: '7.88.1-10',
        packages: ['curl', 'libcurl4'],
        vulnerabilities: ['CVE-2026-0001'],
        ...{ status: 'affected', runs: null, since: at(-30), releasedAt: at(-40), knownSince: at(-30) },
        ...{
          onAssetSince: at(-30),
          feed: 'debian-osv',
          losing: [],
          held: [],
          campaign: null,
          answered: null,
          reasons: [],
        },
        offers: [{ version: '7.88.1-11', origins: ['deb.debian.org/debian bookworm/main'], phased: false }],
        next: { step: 'install', sentence: 'Install curl 7.88.1-11 from deb.debian.org/debian bookworm/main.' },
        advisory: 'DSA-5000-1',
        advisoryUrl: 'https://security-tracker.debian.org/tracker/DSA-5000-1',
        advisorySource: null,
        fixed: '7.88.1-11',
        fixOffered: true,
        why: 'curl 7.88.1-10 is below 7.88.1-11, in which DSA-5000-1 fixes CVE-2026-0001.',
      },
    ],
    assetsTotal: 1,
    assetsNotJudged: 0,
    next: null,
    ...more,
  };
}

export function feed(more: Partial<FeedBody> = {}): FeedBody {
  return {
    feed: 'kev',
    title: 'CISA catalog of known exploited vulnerabilities',
    form: 'kev',
    gives: 'known-exploited',
    url: 'https://www.cisa.gov/known_exploited_vulnerabilities.json',
    own: false,
    enabled: true,
    state: 'fresh',
    records: 1_423,
    quarantined: 0,
    dataAsOf: at(-20),
    importedAt: at(-3),
    sha256: `sha256:${'ab'.repeat(32)}`,
    failures: 0,
    lastError: null,
    nextAttemptAt: at(1),
    ...more,
  };
}

export function imported(more: Partial<FeedImported> = {}): FeedImported {
  return {
    feed: 'debian-osv',
    changed: true,
    records: 2_354,
    added: 2_000,
    updated: 1,
    removed: 0,
    quarantined: [],
    quarantinedTotal: 0,
    judgesNothing: false,
    durationMs: 3_240,
    rejudged: 429,
    countingSince: null,
    ...more,
  };
}
