import type { Kernel, SystemState } from '../vocabulary/index.ts';

/** Branches and flavors that Debian and Ubuntu build from sources of their own; `linux-base`, `linux-firmware` are none. */
const DEB_SOURCE =
  /^linux(?:-(?:aws|azure|gcp|gke|gkeop|ibm|oracle|oem|hwe|kvm|lowlatency|raspi2?|realtime|nvidia|bluefield|xilinx|intel|iot|laptop|starfive|riscv|fips)(?:-[a-z]+)*)?(?:-\d+\.\d+)?$/;
/** An rpm is judged by its own name, so each part of a kernel is a source. */
const RPM_NAME = /^(?:kernel(?:-.+)?|perf|python3-perf|bpftool|rtla)$/;
const APK_ORIGIN = /^linux-(?:lts|virt|edge|rpi)$/;

/** The kernel's own source, under whichever name its vulnerabilities are announced. */
export function isKernelSource(source: string): boolean {
  return DEB_SOURCE.test(source) || RPM_NAME.test(source) || APK_ORIGIN.test(source);
}

const DEB_IMAGE = /^linux-image-(?:unsigned-)?\d.*(?<!-dbg|-dbgsym)$/;
const RPM_IMAGE = /^kernel(?:-(?:core|rt-core|64k-core|uek-core|uek|debug-core))?$/;

/** A package that holds a kernel to boot. Meta packages, headers, tools and symbols hold none. // wazuh#36983 */
export function isKernelImage(name: string): boolean {
  return DEB_IMAGE.test(name) || RPM_IMAGE.test(name) || APK_ORIGIN.test(name);
}

/** The installed kernel that runs; null where it is none of them. */
export function runningKernelOf(system: SystemState): Kernel | null {
  if (system.container) return null;
  return system.installedKernels.find(({ release }) => release === system.runningKernel) ?? null;
}

/** What is known of the kernels of a host. */
export interface KernelFacts {
  readonly sharesKernel: boolean;
  /** null: none of the installed ones is known to run. */
  readonly isRunning: boolean | null;
  readonly hasImage: boolean;
}

/**
 * Whether something of a kernel's source is the kernel that runs: only that one is exposed. Where nobody knows which one
 * runs, every installed image may be it. // identification: the running kernel counts
 */
export function runsAsKernel({ sharesKernel, isRunning, hasImage }: KernelFacts): boolean {
  if (sharesKernel) return false;
  return isRunning ?? hasImage;
}
