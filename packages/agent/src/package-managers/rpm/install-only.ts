/**
 * Kernels and what belongs to one: dnf installs a new one beside the former ones, so that there is a way back at boot.
 * `kernel-core`, `kernel-rt-modules-extra`, `kernel6.12`; tools and headers have their own versions and are replaced.
 * // dnf.conf(5) installonlypkgs
 */
const KERNEL = /^kernel(?:\d+\.\d+)?(?:-(?:rt|uek|64k|16k|lt|ml|debug))*(?:-(?:core|modules(?:-[a-z]+)*|devel))?$/;

/** Versions of it stand beside each other. */
export function isInstallOnly(name: string): boolean {
  return KERNEL.test(name);
}
