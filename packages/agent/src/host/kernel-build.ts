/**
 * Debian and its derivatives close `uname -v` with name, package version and date:
 * `#1 SMP PREEMPT_DYNAMIC Debian 6.1.147-1 (2025-08-02)`.
 */
const DEBIAN_BUILD = /\s[A-Z][A-Za-z]*\s(\S*\d\S*)\s\(\d{4}-\d{2}-\d{2}\)$/;
/** Ubuntu opens it with the upload's number: `#52~22.04.1-Ubuntu SMP …` under release `6.8.0-51-generic`. */
const UBUNTU_BUILD = /^#(\d\S*)-Ubuntu\b/;
/** rpm's kernels are released as their package is: `5.14.0-427.el9.x86_64`, variants with `+rt` behind it. */
const RPM_RELEASE = /^(\S+-\S+)\.(?:x86_64|aarch64|ppc64le|s390x|i686)(?:\+(\S+))?$/;
/** Alpine replaces a kernel in its place: `6.6.16-0-lts` of `6.6.16-r0` runs on without its package. */
const ALPINE_RELEASE = /^(\d+\.\d+\.\d+)-(\d+)-(?:lts|virt|stable|edge|hardened|vanilla|rpi\d?)$/;
const UBUNTU_RELEASE = /^(\d+\.\d+\.\d+-\d+)-/;

/** The package version of the running kernel as `uname` tells it; null where the kernel came from no known package. */
export function runningVersion(release: string, uname: string): string | null {
  const debian = DEBIAN_BUILD.exec(uname)?.[1];
  if (debian !== undefined) return debian;
  const rpm = RPM_RELEASE.exec(release)?.[1];
  if (rpm !== undefined) return rpm;
  const [, alpine, build = ''] = ALPINE_RELEASE.exec(release) ?? [];
  if (alpine !== undefined) return `${alpine}-r${build}`;
  const upload = UBUNTU_BUILD.exec(uname)?.[1];
  const base = UBUNTU_RELEASE.exec(release)?.[1];
  return upload === undefined || base === undefined ? null : `${base}.${upload}`;
}

/**
 * The flavor of a kernel release: `amd64` of `6.1.0-40-amd64`, `cloud-amd64`, `generic`, `rpi-v8` of
 * `6.12.25+rpt-rpi-v8`, `686-pae`. Kernels of one flavor replace each other; another flavor is another choice.
 */
export function flavorOf(release: string): string {
  const rpm = RPM_RELEASE.exec(release);
  if (rpm !== null) return rpmFlavor(rpm[1] ?? '', rpm[2] ?? null);
  const [, ...parts] = release.split('-');
  // A release candidate, then the ABI number (`40`, `0.deb11.21`); newer releases have none.
  if (/^rc\d+$/.test(parts[0] ?? '')) parts.shift();
  if (/^\d+(?:\.\S+)?$/.test(parts[0] ?? '') && !PROCESSOR_NAMES.has(parts[0] ?? '')) parts.shift();
  return parts.join('-');
}

/** Oracle's own kernel and the real-time one have version lines of their own; a variant of a build stands behind a plus. */
function rpmFlavor(version: string, variant: string | null): string {
  const [, line = null] = /(uek)$|\.(rt)\d/.exec(version)?.filter((part) => part !== undefined) ?? [];
  return [line, variant].filter((part) => part !== null).join('+');
}

/** Flavors that begin with a number. */
const PROCESSOR_NAMES: ReadonlySet<string> = new Set(['486', '586', '686']);
