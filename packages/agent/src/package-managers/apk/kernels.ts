import { VERSION_ORDERS } from '@patchsteward/core/versions';
import type { InstalledPackage, Kernel } from '@patchsteward/core/vocabulary';
import { compareText } from '../../platform/text.ts';

/** `linux-lts`, `linux-virt`, `linux-rpi`; not their `-dev` and `-doc`, nor `linux-firmware-…`, `linux-headers`, `linux-pam`. */
const KERNEL = /^linux-(lts|virt|stable|edge|hardened|vanilla|rpi[0-9]?)$/;

/** The whole kernels among the packages, ordered by package version, newest last. */
export function kernelsOf(packages: readonly InstalledPackage[]): Kernel[] {
  const kernels = packages.flatMap(({ name, version }): Kernel[] => {
    const flavor = KERNEL.exec(name)?.[1];
    // `6.6.16-r0` runs as `6.6.16-0-lts`. // APKBUILD of linux-lts: _abi_release
    return flavor === undefined
      ? []
      : [{ release: `${version.replace(/-r(\d+)$/, '-$1')}-${flavor}`, package: name, version }];
  });
  return kernels.sort((a, b) => VERSION_ORDERS.apk.compare(a.version, b.version) || compareText(a.package, b.package));
}
