import type { FindingBody, InstalledPackageBody, UpdateBody } from '@patchsteward/contract';
import { DAY_MS, HOUR_MS, wire } from './fake-assets.ts';

const SOURCES = [
  'openssl',
  'linux',
  'curl',
  'glibc',
  'apache2',
  'postgresql-15',
  'krb5',
  'expat',
  'git',
  'sudo',
] as const;
const ORIGIN = 'deb.debian.org/debian-security bookworm-security/main';

type Severity = FindingBody['intelligence']['severity'];
const SEVERITIES: readonly Severity[] = ['critical', 'high', 'high', 'medium', 'medium', 'low', 'unknown'];

/** `count` findings over at most `sources` source packages, most urgent first; the same every time. */
export function fakeFindings(count: number, sources: number): FindingBody[] {
  return Array.from({ length: count }, (_, index) =>
    finding(index, index < sources ? index : (index * index) % sources),
  );
}

/** Of what is held, and of one that somebody answered for before. */
function waitsOf(source: string, index: number): Pick<FindingBody, 'waits' | 'stoppedMs'> {
  const held = { kind: 'held', subject: source, from: wire(-9 * DAY_MS), until: null, stopsClock: false } as const;
  const answered = {
    ...({ kind: 'answered', subject: '01890a5d-ac96-774b-bcce-b30200000001', stopsClock: true } as const),
    ...{ from: wire(-20 * DAY_MS), until: wire(-18 * DAY_MS) },
  } as const;
  const window = {
    kind: 'window',
    subject: 'web',
    from: wire(-DAY_MS),
    until: wire(DAY_MS),
    stopsClock: false,
  } as const;
  const waits = [...(index === 0 ? [answered, window] : []), ...(source === 'sudo' ? [held] : [])];
  return { waits, stoppedMs: index === 0 ? 2 * DAY_MS : 0 };
}

function sourceName(index: number): string {
  return SOURCES[index] ?? `source-${index}`;
}

function finding(index: number, sourceIndex: number): FindingBody {
  const source = sourceName(sourceIndex);
  const vulnerability = `CVE-2025-${10_000 + index}`;
  const version = `1.${sourceIndex}.0-3+deb12u${(index % 3) + 1}`;
  const fixed = index % 17 === 16 ? null : `1.${sourceIndex}.0-3+deb12u9`;
  const exploited = index === 0 || index === 40;
  return {
    vulnerability,
    source,
    sourceVersion: version,
    packages: binariesOf(source).map((name) => ({ name, architecture: 'amd64', version, hold: source === 'sudo' })),
    advisory: `DSA-${5_800 + sourceIndex}-1`,
    advisoryUrl: `https://security-tracker.debian.org/tracker/DSA-${5_800 + sourceIndex}-1`,
    advisorySource: {
      sha256: `sha256:${'4b'.repeat(32)}`,
      ...{ of: 'file', checkedBy: index === 0 ? 'signature' : 'nothing' },
      signedBy: index === 0 ? ['8F5F267907B2C4559DB360DB2294BA7D2B2298B1'] : [],
    },
    feed: 'debian-osv',
    status: fixed === null && index % 2 === 0 ? 'wont_fix' : 'affected',
    fixed,
    fixOffered: fixed === null ? [] : [{ name: source, to: fixed, origins: [ORIGIN] }],
    why:
      fixed === null
        ? `${source} ${version} is affected: the advisory names no fixed version.`
        : `${source} ${version} is below ${fixed}, the version in which DSA-${5_800 + sourceIndex}-1 fixes ${vulnerability} on Debian 12.`,
    losing:
      index % 5 === 0
        ? [
            {
              advisory: 'DLA-4100-1',
              feed: 'debian-osv',
              status: 'fixed',
              because: 'superseded-by-newer-revision',
            },
          ]
        : [],
    intelligence: {
      severity: SEVERITIES[index % SEVERITIES.length] ?? 'unknown',
      severityFrom: index % 7 === 6 ? null : 'nvd',
      said: null,
      knownExploited: exploited ? { added: '2025-10-02', due: '2025-10-23', ransomware: index === 0 } : null,
      epss:
        index % 4 === 3
          ? null
          : { score: 0.9432 / (index + 1), percentile: 0.995, date: '2025-11-20', model: 'v2025.03.14' },
    },
    ...waitsOf(source, index),
    assessment: {
      lane: laneOf(exploited, index),
      releasedAt: wire(-(3 + (index % 40)) * DAY_MS),
      releasedPrecision: index % 3 === 0 ? 'day' : 'time',
      releasedFrom: 'advisory',
      firstSeen: wire(-2 * DAY_MS),
      due: wire(-5 * HOUR_MS + index * HOUR_MS),
      dueFrom: 'lane',
      clock: index % 2 === 0 ? 'release' : 'backlog',
      late: index < 5,
      bod: exploited
        ? {
            ...{ outcome: '3D', due: wire(DAY_MS), binding: false },
            table: { name: 'CISA BOD 26-04', version: '1.0.0' },
            inputs: { knownExploited: true, exposed: true, automatable: null, technicalImpact: 'total' },
          }
        : null,
      ssvc: exploited
        ? {
            decision: 'immediate',
            table: { name: 'SSVC deployer patch application priority', version: '1.0.0' },
            inputs: { exploitation: 'active', exposure: 'O', automatable: true, humanImpact: 'H' },
          }
        : null,
      priority: Math.max(0, 100 - index),
      reasons:
        index % 7 === 6
          ? [
              {
                code: 'severity-unknown',
                subject: vulnerability,
                clearableBy: ['security'],
                by: null,
                sentence: 'No source names a severity; the critical clock holds until Security judges it.',
              },
            ]
          : [],
      why: 'A security update of high severity on a public asset is due 48 hours after its release.',
      answered: null,
      pauses: [],
      policyVersion: 'default-1',
    },
    reasons:
      source === 'sudo'
        ? [
            {
              code: 'fix-held',
              subject: 'sudo',
              clearableBy: ['it', 'owner'],
              by: null,
              sentence: 'The fix is offered, but the package manager is told to keep this version.',
            },
          ]
        : [],
  };
}

function laneOf(exploited: boolean, index: number): FindingBody['assessment']['lane'] {
  if (exploited) return 'emergency';
  return index < 30 ? 'critical' : 'routine';
}

function binariesOf(source: string): readonly string[] {
  if (source === 'linux') {
    return [
      'linux-image-6.1.0-37-amd64',
      'linux-headers-6.1.0-37-amd64',
      'linux-headers-6.1.0-37-common',
      'linux-libc-dev',
    ];
  }
  return source === 'openssl' ? ['libssl3', 'openssl'] : [source];
}

export function fakeUpdates(count: number): UpdateBody[] {
  return Array.from({ length: count }, (_, index) => {
    const security = index % 3 !== 2;
    const name = `package-${String(index).padStart(3, '0')}`;
    return {
      name,
      architecture: 'amd64',
      from: '2.4.62-1~deb12u1',
      to: '2.4.65-1~deb12u2',
      source: name,
      sourceVersion: '2.4.65-1~deb12u2',
      origins: [ORIGIN],
      kind: security ? 'security' : 'bugfix',
      kindWhy: security
        ? 'It comes from the security archive of the distribution and fixes known vulnerabilities.'
        : 'It comes from the stable archive of the distribution and fixes no known vulnerability.',
      fixes: security ? [`CVE-2025-${20_000 + index}`, `CVE-2025-${21_000 + index}`] : [],
      hold: index === 1 || index === 4,
      ...(index === 4 ? { pin: FAKE_PIN } : {}),
      phased: index === 2,
      assessment: security ? finding(index, 0).assessment : null,
      reasons: [],
    };
  });
}

const FAKE_PIN =
  'Package: package-004, Pin: version 1.4-1, Pin-Priority: 990 (/etc/apt/preferences.d/keep-what-was-tested)';

export function fakePackages(count: number): InstalledPackageBody[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `package-${String(index).padStart(3, '0')}`,
    version: `1.${index}-1`,
    architecture: 'amd64',
    source: index % 4 === 0 ? 'shared-source' : `package-${String(index).padStart(3, '0')}`,
    sourceVersion: `1.${index}-1`,
    state: index === 3 ? 'broken' : 'installed',
    hold: index === 1 || index === 4,
    ...(index === 4 ? { pin: FAKE_PIN } : {}),
    origins: index === 2 ? [] : [ORIGIN],
  }));
}
