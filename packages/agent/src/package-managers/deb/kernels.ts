import { VERSION_ORDERS } from '@patchsteward/core/versions';
import type { InstalledPackage, Kernel } from '@patchsteward/core/vocabulary';
import { compareText } from '../../platform/text.ts';

/**
 * `linux-image-<release>`, on Ubuntu also `linux-image-unsigned-<release>`, in Debian's unsigned builds with `-unsigned`
 * at the end. A release begins like `6.1.0-` or `6.12-rc6`; meta packages (`linux-image-amd64`,
 * `linux-image-generic-hwe-22.04`) have none and are no kernels.
 */
const KERNEL_NAME = /^linux-image-(?:unsigned-)?(\d+\.\d+(?:\.\d+|-rc\d+).*?)(?:-unsigned)?$/;
const NOT_BOOTABLE = /-(?:dbg|dbgsym)$/;

/** The whole kernels among the packages, ordered by package version (never by name), newest last. */
export function kernelsOf(packages: readonly InstalledPackage[]): Kernel[] {
  const kernels: Kernel[] = [];
  for (const { name, version, state } of packages) {
    const release = NOT_BOOTABLE.test(name) ? undefined : KERNEL_NAME.exec(name)?.[1];
    if (release !== undefined && state === 'installed') kernels.push({ release, package: name, version });
  }
  return kernels.sort((a, b) => VERSION_ORDERS.deb.compare(a.version, b.version) || compareText(a.package, b.package));
}
