/**
 * Debian and its derivatives close `uname -v` with name, package version and date:
 * `#1 SMP PREEMPT_DYNAMIC Debian 6.1.147-1 (2025-08-02)`.
 */
const DEBIAN_BUILD = /\s[A-Z][A-Za-z]*\s(\S*\d\S*)\s\(\d{4}-\d{2}-\d{2}\)$/;
/** Ubuntu opens it with the upload's number: `#52~22.04.1-Ubuntu SMP …` under release `6.8.0-51-generic`. */
const UBUNTU_BUILD = /^#(\d\S*)-Ubuntu\b/;
const UBUNTU_RELEASE = /^(\d+\.\d+\.\d+-\d+)-/;

/** The package version of the running kernel as `uname` tells it; null where the kernel came from no known package. */
export function runningVersion(release: string, build: string): string | null {
  const debian = DEBIAN_BUILD.exec(build)?.[1];
  if (debian !== undefined) return debian;
  const upload = UBUNTU_BUILD.exec(build)?.[1];
  const base = UBUNTU_RELEASE.exec(release)?.[1];
  return upload === undefined || base === undefined ? null : `${base}.${upload}`;
}

/**
 * The flavor of a kernel release: `amd64` of `6.1.0-40-amd64`, `cloud-amd64`, `generic`, `rpi-v8` of
 * `6.12.25+rpt-rpi-v8`, `686-pae`. Kernels of one flavor replace each other; another flavor is another choice.
 */
export function flavorOf(release: string): string {
  const [, ...parts] = release.split('-');
  // A release candidate, then the ABI number (`40`, `0.deb11.21`); newer releases have none.
  if (/^rc\d+$/.test(parts[0] ?? '')) parts.shift();
  if (/^\d+(?:\.\S+)?$/.test(parts[0] ?? '') && !PROCESSOR_NAMES.has(parts[0] ?? '')) parts.shift();
  return parts.join('-');
}

/** Flavors that begin with a number. */
const PROCESSOR_NAMES: ReadonlySet<string> = new Set(['486', '586', '686']);
