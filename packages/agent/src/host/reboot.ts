import type { VersionOrder } from '@patchsteward/core/versions';
import type { Kernel } from '@patchsteward/core/vocabulary';
import { flavorOf, runningVersion } from './kernel-build.ts';

export interface RebootFacts {
  /** `uname -r` and `uname -v`. */
  readonly release: string;
  readonly build: string;
  readonly container: boolean;
  /** Ordered by package version, newest last. */
  readonly kernels: readonly Kernel[];
  /** Lines of /run/reboot-required.pkgs; null where /run/reboot-required is absent. */
  readonly requiredBy: readonly string[] | null;
}

/** Packages that ask for a reboot on behalf of the kernel. // update-notifier: kernel postinst hook */
const KERNEL_PACKAGES = /^linux-(?:image|base|modules|firmware)\b/;
/** The flag is there, and nobody signed it. */
const UNNAMED = 'reboot-required';

/** Why this environment needs a reboot, sorted; empty: it needs none. Container or host, each only for its own. */
export function rebootReasons(facts: RebootFacts, order: VersionOrder): string[] {
  const reasons = new Set(namedReasons(facts));
  if (!facts.container && newerKernelInstalled(facts, order)) reasons.add('kernel');
  return [...reasons].sort();
}

function namedReasons({ requiredBy, container }: RebootFacts): readonly string[] {
  if (requiredBy === null) return [];
  if (requiredBy.length === 0) return [UNNAMED];
  // A container starts again with its host's kernel, whatever kernel packages lie inside it.
  return container ? requiredBy.filter((name) => !KERNEL_PACKAGES.test(name)) : requiredBy;
}

/**
 * A kernel of the running flavor is installed whose package version is above that of the running one; the same release
 * built anew counts. Without a version for the running kernel there is nothing to compare, and nothing is claimed.
 */
function newerKernelInstalled({ release, build, kernels }: RebootFacts, order: VersionOrder): boolean {
  const newest = kernels.filter((kernel) => flavorOf(kernel.release) === flavorOf(release)).at(-1);
  if (newest === undefined) return false;
  const ofRunning = kernels.find((kernel) => kernel.release === release);
  const running = runningVersion(release, build) ?? ofRunning?.version;
  return running !== undefined && order.compare(newest.version, running) > 0;
}
