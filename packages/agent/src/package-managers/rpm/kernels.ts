import { VERSION_ORDERS } from '@patchsteward/core/versions';
import type { InstalledPackage, Kernel } from '@patchsteward/core/vocabulary';
import { compareText } from '../../platform/text.ts';

/** `kernel-core`, `kernel-uek-core`, `kernel-rt-debug-core`: the bootable part where a distribution splits its kernel. */
const CORE = /^kernel(?<flavor>(?:-(?:rt|64k|16k|uek|debug))*)-core$/;
/** The whole kernel where it is not split (Amazon Linux, RHEL 7); elsewhere this name is a meta package. */
const WHOLE = /^kernel(?:\d+\.\d+)?(?:-(?:rt|uek|lt|ml))?$/;

/** The whole kernels among the packages, ordered by package version (never by name), newest last. */
export function kernelsOf(packages: readonly InstalledPackage[]): Kernel[] {
  const names = new Set(packages.map(({ name }) => name));
  const kernels: Kernel[] = [];
  for (const installed of packages) {
    const { name, version } = installed;
    const flavor = CORE.exec(name)?.groups?.['flavor'];
    if (flavor === undefined && !(WHOLE.test(name) && !names.has(`${name}-core`))) continue;
    kernels.push({ release: releaseOf(installed, flavor ?? ''), package: name, version });
  }
  return kernels.sort((a, b) => VERSION_ORDERS.rpm.compare(a.version, b.version) || compareText(a.package, b.package));
}

/** `5.14.0-427.el9.x86_64`, and `…x86_64+rt` for a variant that the same source builds. // kernel.spec: uname_suffix */
function releaseOf({ version, architecture, source }: InstalledPackage, flavor: string): string {
  const release = `${version.replace(/^\d+:/, '')}.${architecture}`;
  return flavor === '' || source !== 'kernel' ? release : `${release}+${flavor.slice(1)}`;
}
