import type { InstalledPackage, OfferedUpdate, PackageSet, Release, UpdateOffers } from '../../vocabulary/index.ts';
import type { Claim } from '../claim.ts';
import { type ClaimIndex, indexClaims } from '../claim-index.ts';
import type { SourceVersion } from '../judgment.ts';

// Whole values with sensible members, of which a test names only what it is about.

export const BOOKWORM: Release = {
  id: 'debian',
  versionId: '12',
  codename: 'bookworm',
  prettyName: 'Debian GNU/Linux 12 (bookworm)',
};

/** `curl` at the given version on bookworm. */
export function curl(sourceVersion: string): SourceVersion {
  return { scope: 'debian:12', source: 'curl', sourceVersion };
}

/** `fixed`: affected from the beginning up to it. */
export function claim({ fixed, ...members }: Partial<Claim> & { readonly fixed?: string } = {}): Claim {
  return {
    feed: 'debian-osv',
    advisory: 'DSA-1-1',
    authority: 'vendor-advisory',
    vulnerability: 'CVE-2026-0001',
    scope: 'debian:12',
    packageKind: 'source',
    packageName: 'curl',
    status: 'affected',
    ranges: fixed === undefined ? [] : [{ introduced: null, fixed, lastAffected: null }],
    versions: [],
    published: 1_000,
    publishedPrecision: 'day',
    modified: 1_000,
    withdrawn: null,
    ...members,
  };
}

export function installed(members: Partial<InstalledPackage> = {}): InstalledPackage {
  const version = members.version ?? '7.88.1-10';
  return {
    name: 'curl',
    version,
    architecture: 'amd64',
    source: 'curl',
    sourceVersion: version,
    state: 'installed',
    hold: false,
    origins: null,
    ...members,
  };
}

export function packageSet(packages: readonly InstalledPackage[], members: Partial<PackageSet> = {}): PackageSet {
  return { ecosystem: 'deb', release: BOOKWORM, packages, publishers: [], ...members };
}

export function offer(members: Partial<OfferedUpdate> = {}): OfferedUpdate {
  const to = members.to ?? '7.88.1-11';
  return {
    name: 'curl',
    architecture: 'amd64',
    from: '7.88.1-10',
    to,
    source: 'curl',
    sourceVersion: to,
    origins: ['deb.debian.org/debian bookworm/main'],
    sha256: null,
    sizeBytes: null,
    phased: false,
    ...members,
  };
}

export function offers(...updates: readonly OfferedUpdate[]): UpdateOffers {
  return { updates, unanswered: null };
}

export function index(...claims: readonly Claim[]): ClaimIndex {
  return indexClaims(claims);
}
