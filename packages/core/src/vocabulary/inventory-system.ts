import type { Instant } from './units.ts';

/** An installed kernel: its package and the release that `uname -r` shows when it runs. */
export interface Kernel {
  /** `uname -r` of this kernel: `6.1.0-40-amd64`. */
  readonly release: string;
  readonly package: string;
  readonly version: string;
}

/** An installed package of which processes run on with files that were replaced. */
export interface ReplacedCode {
  readonly package: string;
  /** Units and processes, sorted. */
  readonly users: readonly string[];
}

/** The section `system`: what runs, as against what is installed. */
export interface SystemState {
  readonly hostname: string;
  readonly machineId: string | null;
  readonly architecture: string;
  readonly bootId: string | null;
  readonly bootedAt: Instant | null;
  /** `uname -r`; in a container this is the kernel of its host. */
  readonly runningKernel: string;
  /** Ordered by package version, newest last. Empty in a container. */
  readonly installedKernels: readonly Kernel[];
  /** The environment shares its kernel with a host (container, chroot): it cannot reboot into another. */
  readonly container: boolean;
  /** A reboot is needed; the reasons name who says so. */
  readonly rebootNeeded: boolean;
  /** `kernel` (a newer one is installed than runs), or the packages named in /run/reboot-required.pkgs. */
  readonly rebootReasons: readonly string[];
  /** Units or processes that still map deleted files of replaced packages; null where it could not be looked up. */
  readonly restartNeeded: readonly string[] | null;
  /** Whose files they are, sorted by package. Absent where there are none, so that the section keeps its hash. */
  readonly replacedCode?: readonly ReplacedCode[];
  /** Version of the agent that says this. */
  readonly agentVersion: string;
}
