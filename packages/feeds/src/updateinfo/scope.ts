import { claimScope, minorReleaseOf } from '@patchsteward/core/1-identification';

/** How distributions begin the names of their advisories, and how they mark their builds. */
const DISTRIBUTIONS: readonly { readonly id: RegExp; readonly distribution: string; readonly mark: RegExp }[] = [
  { id: /^AL[SBE]A-/, distribution: 'almalinux', mark: /\.(?:module[+_])?el(\d+)/ },
  { id: /^R[LX][SBE]A-/, distribution: 'rocky', mark: /\.(?:module[+_])?el(\d+)/ },
  { id: /^RH[SBE]A-/, distribution: 'rhel', mark: /\.(?:module[+_])?el(\d+)/ },
  { id: /^EL[SBE]A-/, distribution: 'ol', mark: /\.(?:module[+_])?el(\d+)/ },
  { id: /^ALAS/, distribution: 'amzn', mark: /\.amzn(\d+)/ },
  // EPEL is built for the releases of others, where its packages come from a third party.
  { id: /^FEDORA-(?!EPEL)/, distribution: 'fedora', mark: /\.(?:module_f|fc)(\d+)/ },
];

/** Repositories of the minor releases that Red Hat goes on mending: `rhel-9-for-x86_64-baseos-eus-rpms`. */
const MINOR_LINE = /\b(eus|aus|tus|e4s)\b/i;

/**
 * The release that a package of an update was built for. The file does not say it; who announced it does by its name, and
 * the build by its mark. null: one of them is not known.
 */
export function scopeOfBuild(advisory: string, collection: string, version: string): string | null {
  const known = DISTRIBUTIONS.find(({ id }) => id.test(advisory));
  const major = known?.mark.exec(version)?.[1];
  if (known === undefined || major === undefined) return null;
  const line = known.distribution === 'rhel' ? MINOR_LINE.exec(collection.replaceAll('_', '-'))?.[1] : undefined;
  if (line === undefined) return claimScope(known.distribution, major);
  const minor = minorReleaseOf(version);
  return minor === null ? null : claimScope(`rhel-${line.toLowerCase()}`, `${major}.${minor}`);
}
