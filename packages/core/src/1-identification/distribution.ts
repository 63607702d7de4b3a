import type { Release } from '../vocabulary/index.ts';

/** How advisories name the releases of a distribution. */
interface Distribution {
  /** The purl type of its packages, which is also the name of their version order. */
  readonly type: 'deb' | 'rpm' | 'apk';
  /** How many numbers of os-release `VERSION_ID` its advisories use: all of AlmaLinux 9.4 is `9`, Alpine 3.19.1 is `3.19`. */
  readonly numbers: 0 | 1 | 2;
}

/** By os-release `ID`. Ubuntu Pro is a channel of its own: its fixes reach only hosts that are attached. */
const DISTRIBUTIONS: Readonly<Record<string, Distribution>> = {
  debian: { type: 'deb', numbers: 1 },
  ubuntu: { type: 'deb', numbers: 2 },
  'ubuntu-pro': { type: 'deb', numbers: 2 },
  almalinux: { type: 'rpm', numbers: 1 },
  rocky: { type: 'rpm', numbers: 1 },
  rhel: { type: 'rpm', numbers: 1 },
  // Red Hat goes on mending a minor release for who pays for that: each is a line of builds of its own.
  'rhel-eus': { type: 'rpm', numbers: 2 },
  'rhel-aus': { type: 'rpm', numbers: 2 },
  'rhel-tus': { type: 'rpm', numbers: 2 },
  'rhel-e4s': { type: 'rpm', numbers: 2 },
  'rhel-els': { type: 'rpm', numbers: 1 },
  centos: { type: 'rpm', numbers: 1 },
  ol: { type: 'rpm', numbers: 1 },
  fedora: { type: 'rpm', numbers: 1 },
  amzn: { type: 'rpm', numbers: 1 },
  sles: { type: 'rpm', numbers: 2 },
  'opensuse-leap': { type: 'rpm', numbers: 2 },
  'opensuse-tumbleweed': { type: 'rpm', numbers: 0 },
  mageia: { type: 'rpm', numbers: 1 },
  photon: { type: 'rpm', numbers: 2 },
  azurelinux: { type: 'rpm', numbers: 1 },
  alpine: { type: 'apk', numbers: 2 },
  wolfi: { type: 'apk', numbers: 0 },
  chainguard: { type: 'apk', numbers: 0 },
};

/** Names under which lists of packages and feeds know them. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  'rocky linux': 'rocky',
  'rocky-linux': 'rocky',
  rockylinux: 'rocky',
  redhat: 'rhel',
  'red hat': 'rhel',
  oraclelinux: 'ol',
  oracle: 'ol',
  amazon: 'amzn',
  suse: 'sles',
  'opensuse.leap': 'opensuse-leap',
  'opensuse leap': 'opensuse-leap',
  'opensuse.tumbleweed': 'opensuse-tumbleweed',
  'photon os': 'photon',
  'azure linux': 'azurelinux',
};

/** Debian names its releases by codename wherever it speaks to itself. // Debian wiki DebianReleases */
const DEBIAN_CODENAMES: Readonly<Record<string, string>> = {
  jessie: '8',
  stretch: '9',
  buster: '10',
  bullseye: '11',
  bookworm: '12',
  trixie: '13',
  forky: '14',
};

/** The scope in which claims speak of a release: `debian:12`, `alpine:3.19`, `wolfi`. null: no such release is known. */
export function claimScope(distribution: string, version: string | null): string | null {
  const lower = distribution.toLowerCase();
  const id = OTHER_NAMES[lower] ?? lower;
  const known = DISTRIBUTIONS[id];
  if (known === undefined) return null;
  if (known.numbers === 0) return id;
  const numbers = /^v?(\d+(?:\.\d+)*|edge)\b/.exec(version ?? '')?.[1]?.split('.');
  if (numbers === undefined || (numbers.length < known.numbers && numbers[0] !== 'edge')) return null;
  return `${id}:${numbers.slice(0, known.numbers).join('.')}`;
}

/**
 * The scope in which claims speak of the release of a host. Of a distribution that we do not know it is what the release
 * says of itself, so that such hosts stay apart. null: the release has no version, and nothing is judged on it.
 */
export function scopeOfRelease({ id, versionId }: Release): string | null {
  return claimScope(id, versionId) ?? (versionId === null ? null : `${id}:${versionId}`);
}

/** The scope of a release named in one word: `debian:12`, `alpine-3.19.1`, `bookworm`, `wolfi`. */
export function claimScopeOf(text: string): string | null {
  const lower = text.trim().toLowerCase();
  const release = DEBIAN_CODENAMES[lower];
  if (release !== undefined) return claimScope('debian', release);
  const [, name = lower, version = null] = /^(.+?)[:-](v?\d[\w.]*|edge)$/.exec(lower) ?? [];
  return claimScope(name, version);
}

/** The purl type of the packages of a scope; null where it is no distribution's. */
export function packageTypeOf(scope: string): Distribution['type'] | null {
  return DISTRIBUTIONS[scope.split(':')[0] ?? '']?.type ?? null;
}

/** The release of which a channel is a part, and whose claims stand behind its own: `ubuntu:22.04` of `ubuntu-pro:22.04`. */
export function mainScopeOf(scope: string): string {
  if (scope.startsWith('ubuntu-pro:')) return scope.replace('ubuntu-pro:', 'ubuntu:');
  return scope.replace(/^rhel-(?:eus|aus|tus|e4s|els):(\d+).*$/, 'rhel:$1');
}
