import type { InstalledPackage, PackageSet, Release } from '../vocabulary/index.ts';

/**
 * Where an installed version comes from. `distribution`: an index of the distribution lists it; `third-party`: only
 * others do; `unlisted`: no configured index does (out of date, or a local build); `unknown`: nobody looked, or the
 * publisher of an index that lists it is not known.
 */
export type OriginClass = 'distribution' | 'third-party' | 'unlisted' | 'unknown';

/**
 * What distributions write into `Origin` of their Release files, or with whose key they sign the indexes of apk. `Debian Backports` is not among Debian's: backports
 * follow testing, and the ranges of a stable release say nothing about them.
 */
const DISTRIBUTION_PUBLISHERS: Readonly<Record<string, readonly string[]>> = {
  debian: ['Debian'],
  ubuntu: ['Ubuntu', 'UbuntuESM', 'UbuntuESMApps'],
  alpine: ['alpine-devel@lists.alpinelinux.org'],
  wolfi: ['wolfi-signing'],
};

/** What distributions write into `Vendor` of their rpms; some put an address behind it. */
const DISTRIBUTION_VENDORS: Readonly<Record<string, readonly string[]>> = {
  almalinux: ['AlmaLinux'],
  rocky: ['Rocky'],
  rhel: ['Red Hat'],
  centos: ['CentOS', 'Red Hat'],
  fedora: ['Fedora Project'],
  ol: ['Oracle America'],
  amzn: ['Amazon'],
  sles: ['SUSE'],
};

/**
 * Only `third-party` is not judged by the distribution's ranges: a package that is out of date is listed by no index
 * any more, and it is the one that matters most.
 */
export function originClass(
  installed: InstalledPackage,
  publishers: PackageSet['publishers'],
  release: Release,
): OriginClass {
  if (installed.vendor !== undefined) return vendorClass(installed.vendor, release);
  if (installed.origins === null) return 'unknown';
  if (installed.origins.length === 0) return 'unlisted';

  const ours = DISTRIBUTION_PUBLISHERS[release.id] ?? [];
  const names = installed.origins.map((origin) => publishers.find((entry) => entry.origin === origin)?.publisher);
  if (names.some((name) => name != null && ours.includes(name))) return 'distribution';
  // An index without a name may be a mirror of the distribution: calling it foreign would hide findings.
  return names.some((name) => name == null) || ours.length === 0 ? 'unknown' : 'third-party';
}

/** EPEL on AlmaLinux is of the Fedora Project, and a third party there. */
function vendorClass(vendor: string, release: Release): OriginClass {
  const ours = DISTRIBUTION_VENDORS[release.id];
  if (ours === undefined) return 'unknown';
  return ours.some((name) => vendor.startsWith(name)) ? 'distribution' : 'third-party';
}
